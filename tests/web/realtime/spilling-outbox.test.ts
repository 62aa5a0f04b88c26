import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { openOutbox, type Outbox } from '../../../web/realtime/outbox.ts'
import { saveSession } from '../../../web/realtime/save-session.ts'
import { SpillingOutbox } from '../../../web/realtime/spilling-outbox.ts'
import { segmentInput } from '../../support/segment-input.ts'

let count = 0
let disk: Outbox
let isFull: boolean
let isUnreadable: boolean
let spills: boolean[]
let outbox: Outbox
const session = { sessionId: 's', viewerId: 'v', title: 'Food', startedAtMs: 5, updatedAtMs: 5, isEndSent: false }
const part = { sessionId: 's', part: 1, mimeType: 'audio/webm', startMs: 0, durationMs: 0, isUploaded: false }
const bytes = (value: number): ArrayBuffer => new Uint8Array([value]).buffer
const listSlices = async (of: Outbox): Promise<number[]> =>
  (await of.listSlices('s', 1)).flatMap((buffer) => [...new Uint8Array(buffer)])

/** A disk that refuses what is put on it while it is full, and to give back sound and text while it is unreadable. */
function refusing(outboxOnDisk: Outbox): Outbox {
  const puts = ['putSession', 'updateSession', 'putPart', 'updatePart', 'putSlice', 'putFile', 'putSegments']
  const refuse = (message: string, name: string) => async () => {
    throw new DOMException(message, name)
  }
  return new Proxy(outboxOnDisk, {
    get(target, name: keyof Outbox) {
      if (isFull && puts.includes(name)) return refuse('no room', 'QuotaExceededError')
      if (isUnreadable && ['listSlices', 'listSegments'].includes(name)) return refuse('cannot read', 'UnknownError')
      return target[name]
    },
  })
}

beforeEach(async () => {
  disk = await openOutbox(`spilling-${(count += 1)}`)
  isFull = false
  isUnreadable = false
  spills = []
  outbox = new SpillingOutbox(refusing(disk), (isSpilled) => spills.push(isSpilled))
  await outbox.putSession(session)
  await outbox.putPart(part)
})

describe('the outbox of a disk that is full', () => {
  it('keeps every slice in its order, and moves them to the disk when there is room again', async () => {
    await outbox.putSlice('s', 1, 0, bytes(0))
    isFull = true
    await outbox.putSlice('s', 1, 1, bytes(1))
    await outbox.putSlice('s', 1, 2, bytes(2))
    expect(await listSlices(outbox)).toEqual([0, 1, 2])
    expect(await listSlices(disk)).toEqual([0])
    isFull = false
    await outbox.putSlice('s', 1, 3, bytes(3))
    expect(await listSlices(disk)).toEqual([0, 1, 2, 3])
    expect(await listSlices(outbox)).toEqual([0, 1, 2, 3])
    expect(spills).toEqual([false, true, true, false])
  })

  it('has the session and its parts on the disk too, once that takes sound again: a later visit finds them', async () => {
    isFull = true
    const other = await openOutbox(`spilling-${(count += 1)}`)
    const unlucky = new SpillingOutbox(refusing(other), (isSpilled) => spills.push(isSpilled))
    await unlucky.putSession(session)
    await unlucky.putPart(part)
    await unlucky.putSlice('s', 1, 0, bytes(5))
    isFull = false
    await unlucky.putSlice('s', 1, 1, bytes(6))
    expect(spills.at(-1)).toBe(false)
    expect([await other.findSession('s'), await other.listParts('s'), await listSlices(other)]).toEqual([
      session,
      [part],
      [5, 6],
    ])
  })

  it('holds nothing by itself any more once what it held was sent and forgotten', async () => {
    isFull = true
    await outbox.putSlice('s', 1, 0, bytes(0))
    expect(spills.at(-1)).toBe(true)
    await outbox.removePart('s', 1)
    expect(spills.at(-1)).toBe(false)
  })

  it('remembers how far saving has come', async () => {
    isFull = true
    await outbox.updatePart('s', 1, { isUploaded: true })
    await outbox.putFile('s', 1, { bytes: bytes(7), mimeType: 'audio/webm', durationSeconds: 1, sha256: 'x' })
    await outbox.updateSession('s', { isEndSent: true })
    expect((await outbox.listParts('s')).map(({ isUploaded }) => isUploaded)).toEqual([true])
    expect(await outbox.findFile('s', 1)).toMatchObject({ sha256: 'x' })
    expect(await outbox.findSession('s')).toMatchObject({ isEndSent: true })
  })

  it('gives the newest version of a segment only, and none once it was acknowledged', async () => {
    const [first, last] = [segmentInput('a', { text: 'I', final: false }), segmentInput('a', { text: 'I am Ana.' })]
    await outbox.putSegments('s', [first])
    isFull = true
    await outbox.putSegments('s', [last])
    expect(await outbox.listSegments('s')).toEqual([last])
    await outbox.acknowledgeSegments('s', [last])
    expect(await outbox.listSegments('s')).toEqual([])
  })

  it('has the lines that it refused once it takes sound again, in their newest version: a later visit finds them', async () => {
    await outbox.putSegments('s', [segmentInput('a', { text: 'I', final: false })])
    isFull = true
    await outbox.putSegments('s', [segmentInput('a', { text: 'I am Ana.' }), segmentInput('b'), segmentInput('c')])
    await outbox.acknowledgeSegments('s', [segmentInput('c')])
    isFull = false
    await outbox.putSlice('s', 1, 0, bytes(0))
    expect(await disk.listSegments('s')).toEqual([segmentInput('a', { text: 'I am Ana.' }), segmentInput('b')])
  })

  it('takes a whole session, even its first line', async () => {
    isFull = true
    const other = await openOutbox(`spilling-${(count += 1)}`)
    const unlucky = new SpillingOutbox(refusing(other), () => undefined)
    await unlucky.putSession(session)
    await unlucky.putPart(part)
    await unlucky.putSlice('s', 1, 0, bytes(5))
    expect([await unlucky.findSession('s'), await unlucky.listParts('s'), await listSlices(unlucky)]).toEqual([
      session,
      [part],
      [5],
    ])
  })
})

describe('the outbox of a disk that cannot be read', () => {
  const uploaded: number[][] = []
  const texts: string[] = []
  const save = () =>
    saveSession('s', {
      api: {
        appendSegments: async (_, batch) => void texts.push(...batch.map(({ text }) => text)),
        endSession: async () => undefined,
        presignRecording: async () => ({ recordingId: 'r', uploadUrl: '/blobs/r', headers: [] }),
        completeRecording: async () => undefined,
      },
      outbox,
      remux: async (slices) => {
        const whole = await new Blob([...slices]).arrayBuffer()
        return { bytes: whole, mimeType: 'audio/webm', durationSeconds: 1 }
      },
      upload: async (_url, _headers, whole) => void uploaded.push([...new Uint8Array(whole)]),
      retry: { attempts: 1, firstWaitMs: 1, longestWaitMs: 1, wait: async () => undefined },
    })

  it('is not taken for an empty one: nothing counts as saved, and all is, once it can be read again', async () => {
    await outbox.putSegments('s', [segmentInput('a', { text: 'I am Ana.' })])
    await outbox.putSlice('s', 1, 0, bytes(0))
    await outbox.putSlice('s', 1, 1, bytes(1))
    isUnreadable = true
    await expect(save()).rejects.toThrow('cannot read')
    expect((await outbox.listParts('s')).map(({ isUploaded }) => isUploaded)).toEqual([false])
    expect(await listSlices(disk)).toEqual([0, 1])
    isUnreadable = false
    await save()
    expect([texts, uploaded]).toEqual([['I am Ana.'], [[0, 1]]])
    expect(await disk.findSession('s')).toBeNull()
  })

  it('still knows every line that it was given', async () => {
    await outbox.putSegments('s', [segmentInput('a'), segmentInput('b')])
    isUnreadable = true
    await outbox.acknowledgeSegments('s', [segmentInput('a')])
    expect(await outbox.listSegments('s')).toEqual([segmentInput('b')])
  })
})
