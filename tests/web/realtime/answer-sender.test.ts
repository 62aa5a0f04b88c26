import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AnswerSender, nothingToSend } from '../../../web/realtime/answer-sender.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import type { Outbox, OutboxPart } from '../../../web/realtime/outbox.ts'
import { ApiFault, type PresignInput } from '../../../web/realtime/session-api.ts'
import { UnfinishedSaves } from '../../../web/realtime/unfinished-saves.ts'
import { Waker } from '../../../web/realtime/waker.ts'

const test = { sessionId: 's', viewerId: 'v', title: 'Getting around', startedAtMs: 5 }
const network = new ApiFault('NETWORK', 'We could not reach the server.', { isRetryable: true })
const conflict = new ApiFault('CONFLICT', 'This part of the recording is stored already, with other content.')

let disk: Outbox
let presigned: PresignInput[]
/** What stands in the way of each part, first come first served. */
let faults: Map<number, ApiFault[]>
let endSession: ReturnType<typeof vi.fn<() => Promise<void>>>

beforeEach(() => {
  disk = createMemoryOutbox()
  presigned = []
  faults = new Map()
  endSession = vi.fn(async () => undefined)
})

function createOptions(online = new EventTarget()) {
  const api = {
    appendSegments: vi.fn(),
    endSession,
    presignRecording: async (input: PresignInput) => {
      const fault = faults.get(input.part)?.shift()
      if (fault) throw fault
      presigned.push(input)
      return { recordingId: `r${input.part}`, uploadUrl: '/blobs/r', headers: [] }
    },
    completeRecording: async () => undefined,
  }
  const remux = async (slices: readonly ArrayBuffer[]) => ({
    bytes: await new Blob([...slices]).arrayBuffer(),
    mimeType: 'audio/webm',
    durationSeconds: 2,
  })
  return { api, remux, upload: async () => undefined, outbox: disk, waker: new Waker(online), locks: undefined }
}

async function answer(outbox: Outbox, part: number, change: Partial<OutboxPart> = {}): Promise<void> {
  const place = { sessionId: 's', part, taskId: `TestTask:${part}`, startMs: 0 }
  await outbox.putPart({ ...place, mimeType: 'audio/webm', durationMs: 2_000, isUploaded: false, ...change })
  await outbox.putSlice('s', part, 0, new Uint8Array([part]).buffer)
}

const stateOf = (sender: AnswerSender) => sender.get().get('s') ?? nothingToSend

describe('answers of a speaking test', () => {
  it('are sent with their task, and leave the outbox; the test is not ended by it', async () => {
    const sender = new AnswerSender(createOptions())
    const outbox = await sender.open(test)
    await answer(outbox, 2)
    await sender.send('s')
    await vi.waitFor(() => expect(stateOf(sender).parts).toEqual([]))
    expect(presigned).toMatchObject([{ sessionId: 's', part: 2, taskId: 'TestTask:2', sizeBytes: 1 }])
    expect(await disk.listParts('s')).toEqual([])
    expect(endSession).not.toHaveBeenCalled()
    expect(await disk.findSession('s')).toMatchObject({ isTest: true })
  })

  it('stay here while they may still be recorded anew', async () => {
    const sender = new AnswerSender(createOptions())
    const outbox = await sender.open(test)
    await answer(outbox, 1)
    await answer(outbox, 2, { isHeldBack: true })
    await sender.send('s')
    await vi.waitFor(() => expect(presigned.map(({ part }) => part)).toEqual([1]))
    await vi.waitFor(async () => expect((await disk.listParts('s')).map(({ part }) => part)).toEqual([2]))
    expect(await disk.listSlices('s', 2)).toHaveLength(1)
  })

  it('wait for the network, and are sent when it is back', async () => {
    const online = new EventTarget()
    faults.set(1, [network])
    const sender = new AnswerSender(createOptions(online))
    await answer(await sender.open(test), 1)
    await sender.send('s')
    await vi.waitFor(() => expect(stateOf(sender).progress.failure).toBe('The server could not be reached.'))
    expect(stateOf(sender).parts).toEqual([1])
    online.dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(stateOf(sender).parts).toEqual([]))
    expect(stateOf(sender).progress.failure).toBeNull()
  })

  it('do not hold each other up where one is refused, and that one can be thrown away', async () => {
    faults.set(1, [conflict, conflict, conflict])
    const sender = new AnswerSender(createOptions())
    const outbox = await sender.open(test)
    await answer(outbox, 1)
    await answer(outbox, 2)
    await sender.send('s')
    await vi.waitFor(() => expect(stateOf(sender)).toMatchObject({ parts: [1], progress: { isStuck: true } }))
    expect(presigned.map(({ part }) => part)).toEqual([2])
    await sender.discard('s', 1)
    await vi.waitFor(() => expect(stateOf(sender)).toEqual(nothingToSend))
    expect(await disk.listParts('s')).toEqual([])
  })

  it('that an earlier visit left are sent as soon as the test is opened', async () => {
    await disk.putSession({ ...test, updatedAtMs: 5, isEndSent: false, isTest: true })
    await answer(disk, 3)
    const sender = new AnswerSender(createOptions())
    await sender.open(test)
    await vi.waitFor(() => expect(presigned.map(({ part }) => part)).toEqual([3]))
  })
})

describe('a later visit to any page', () => {
  const visit = (): UnfinishedSaves => new UnfinishedSaves({ viewerId: 'v', ...createOptions() })

  it('sends what was handed in, without ending the test or touching what was not', async () => {
    await disk.putSession({ ...test, updatedAtMs: 5, isEndSent: false, isTest: true })
    await answer(disk, 1)
    await answer(disk, 2, { isHeldBack: true })
    const saves = visit()
    await saves.start()
    expect(saves.get()).toMatchObject([{ keptSeconds: 2, progress: { step: 'saved' } }])
    expect(presigned.map(({ part }) => part)).toEqual([1])
    expect(endSession).not.toHaveBeenCalled()
    expect((await disk.listParts('s')).map(({ part }) => part)).toEqual([2])
  })

  it('tells nothing of a test that owes nothing', async () => {
    await disk.putSession({ ...test, updatedAtMs: 5, isEndSent: false, isTest: true })
    await answer(disk, 2, { isHeldBack: true })
    const saves = visit()
    await saves.start()
    expect(saves.get()).toEqual([])
  })
})
