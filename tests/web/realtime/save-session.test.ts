import { beforeEach, describe, expect, it } from 'vitest'
import type { SegmentInput } from '../../../server/domain/transcript.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import type { Outbox } from '../../../web/realtime/outbox.ts'
import { saveSession, type SaveSessionDeps, type SaveStep } from '../../../web/realtime/save-session.ts'
import { ApiFault, type PresignInput } from '../../../web/realtime/session-api.ts'
import { segmentInput as segment } from '../../support/segment-input.ts'

/** A server that keeps what it is sent, and fails as often as it is told to. */
class FakeServer {
  readonly calls: string[] = []
  readonly segments: SegmentInput[] = []
  readonly failures = new Map<string, ApiFault[]>()
  readonly announced: number[] = []
  presigned: PresignInput | null = null
  uploaded: { url: string; headers: Record<string, string>; bytes: ArrayBuffer } | null = null
  isVerified = false

  fail(call: string, fault: ApiFault, times = 1): void {
    this.failures.set(
      call,
      Array.from({ length: times }, () => fault),
    )
  }

  #enter(call: string): void {
    this.calls.push(call)
    const fault = this.failures.get(call)?.pop()
    if (fault) throw fault
  }

  readonly api: SaveSessionDeps['api'] = {
    appendSegments: async (_, batch) => {
      this.#enter('append')
      this.segments.push(...batch)
    },
    endSession: async (_, __, pending) => {
      this.#enter('end')
      this.announced.push(pending)
    },
    presignRecording: async (input) => {
      this.#enter('presign')
      this.presigned = input
      return {
        recordingId: 'r',
        uploadUrl: '/blobs/1',
        headers: [
          { name: 'Content-Type', value: input.mimeType },
          { name: 'Content-Length', value: '3' },
        ],
      }
    },
    completeRecording: async () => {
      this.#enter('complete')
      this.isVerified = true
    },
  }

  upload: SaveSessionDeps['upload'] = async (url, headers, bytes) => {
    this.#enter('upload')
    this.uploaded = { url, headers, bytes }
  }
}

const network = new ApiFault('NETWORK', 'offline', { isRetryable: true })
let outbox: Outbox
let server: FakeServer
let steps: SaveStep[]
let remuxed = 0

const save = () =>
  saveSession('s', {
    api: server.api,
    outbox,
    upload: server.upload,
    remux: async (slices) => {
      remuxed += 1
      return { bytes: await new Blob([...slices]).arrayBuffer(), mimeType: 'audio/webm', durationSeconds: 2.5 }
    },
    retry: { attempts: 3, firstWaitMs: 1, longestWaitMs: 1, wait: async () => undefined },
    onStep: (step) => steps.push(step),
  })

beforeEach(async () => {
  outbox = createMemoryOutbox()
  server = new FakeServer()
  steps = []
  remuxed = 0
  await outbox.putSession({
    sessionId: 's',
    viewerId: 'v',
    title: 'T',
    startedAtMs: 0,
    updatedAtMs: 0,
    isEndSent: false,
  })
  await outbox.putPart({
    sessionId: 's',
    part: 1,
    mimeType: 'audio/webm;codecs=opus',
    startMs: 120,
    durationMs: 2_000,
    isUploaded: false,
  })
  await outbox.putSlice('s', 1, 0, new Uint8Array([1, 2]).buffer)
  await outbox.putSlice('s', 1, 1, new Uint8Array([3]).buffer)
  await outbox.putSegments('s', [segment('b', { previousItemId: 'a' }), segment('a', { final: false })])
})

describe('saving a session', () => {
  it('tells the end with what is still owed, sends it in order as finals, and has the sound verified', async () => {
    await save()
    expect(server.calls).toEqual(['end', 'append', 'end', 'presign', 'upload', 'complete'])
    // The second end says that nothing is owed any more, whatever acknowledgement was lost on the way.
    expect(server.announced).toEqual([2, 0])
    expect(server.segments.map((each) => [each.itemId, each.final])).toEqual([
      ['a', true],
      ['b', true],
    ])
    expect(server.presigned).toEqual({
      sessionId: 's',
      part: 1,
      mimeType: 'audio/webm',
      sizeBytes: 3,
      durationSeconds: 2.5,
      startMs: 120,
      sha256: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
    })
    // The browser sets the length itself and refuses to have it set.
    expect(server.uploaded?.headers).toEqual({ 'Content-Type': 'audio/webm' })
    expect(steps.at(-1)).toBe('saved')
    expect(await outbox.findSession('s')).toBeNull()
  })

  it('tries again after what passes by', async () => {
    server.fail('append', network, 2)
    server.fail('upload', network, 2)
    await save()
    expect(server.isVerified).toBe(true)
    expect(remuxed).toBe(1)
  })

  it('is not saved, and keeps everything, where the server cannot verify', async () => {
    server.fail('complete', new ApiFault('STORAGE_UNAVAILABLE', 'busy', { isRetryable: true }), 9)
    await expect(save()).rejects.toThrow('busy')
    expect(steps).not.toContain('saved')
    expect(await outbox.listSlices('s', 1)).toHaveLength(2)
    server.failures.clear()
    await save()
    // The end was told before, and the file is the same as the one that was announced.
    expect(server.announced).toEqual([2, 0])
    expect(remuxed).toBe(1)
    expect(steps.at(-1)).toBe('saved')
  })

  it('sends anew what did not arrive as it was sent', async () => {
    server.fail('complete', new ApiFault('UPLOAD_MISMATCH', 'other bytes'))
    await save()
    expect(server.calls.filter((call) => call === 'upload')).toHaveLength(2)
    expect(server.isVerified).toBe(true)
  })

  it('saves the sound even where the transcript is refused, and says so', async () => {
    server.fail('append', new ApiFault('SESSION_NOT_ACTIVE', 'closed'))
    await expect(save()).rejects.toThrow('closed')
    expect(server.isVerified).toBe(true)
    expect(steps).not.toContain('saved')
    expect(await outbox.listSegments('s')).toHaveLength(2)
  })

  it('does not try again what cannot succeed', async () => {
    server.fail('presign', new ApiFault('INVALID_INPUT', 'too long'), 9)
    await expect(save()).rejects.toThrow('too long')
    expect(server.calls.filter((call) => call === 'presign')).toHaveLength(1)
  })

  it('is done at once with a session that has no sound and owes nothing', async () => {
    await outbox.removeSession('s')
    await outbox.putSession({
      sessionId: 's',
      viewerId: 'v',
      title: 'T',
      startedAtMs: 0,
      updatedAtMs: 0,
      isEndSent: true,
    })
    await save()
    expect(server.calls).toEqual([])
    expect(steps).toEqual(['transcript', 'saved'])
  })
})
