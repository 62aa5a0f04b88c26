import 'fake-indexeddb/auto'
import { forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { openOutbox, type Outbox } from '../../../web/realtime/outbox.ts'
import { isSessionTaken, taken, withSessionLock, type LockService } from '../../../web/realtime/session-lock.ts'
import { segmentInput as segment } from '../../support/segment-input.ts'

let count = 0
const session = { sessionId: 's', viewerId: 'v', title: 'Food', startedAtMs: 5, updatedAtMs: 5, isEndSent: false }
const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer
const read = (buffers: ArrayBuffer[]): number[] => buffers.flatMap((buffer) => [...new Uint8Array(buffer)])

describe.each([
  ['in IndexedDB', () => openOutbox(`outbox-${(count += 1)}`)],
  ['in memory', async () => createMemoryOutbox()],
])('the outbox %s', (_, open) => {
  let outbox: Outbox
  beforeEach(async () => {
    outbox = await open()
    await outbox.putSession(session)
  })

  it('lists a viewer’s own sessions only', async () => {
    await outbox.putSession({ ...session, sessionId: 't', viewerId: 'other' })
    expect(await outbox.listSessions('v')).toEqual([session])
    await outbox.updateSession('s', { isEndSent: true })
    expect(await outbox.findSession('s')).toMatchObject({ isEndSent: true })
    expect(await outbox.findSession('nowhere')).toBeNull()
  })

  it('gives slices back in the order of recording, whatever order they were written in', async () => {
    for (const index of [10, 2, 0, 1]) await outbox.putSlice('s', 1, index, bytes(index))
    await outbox.putSlice('s', 2, 0, bytes(99))
    expect(read(await outbox.listSlices('s', 1))).toEqual([0, 1, 2, 10])
    expect(read(await outbox.listSlices('s', 2))).toEqual([99])
  })

  it('forgets just the version of a segment that was acknowledged', async () => {
    await outbox.putSegments('s', [segment('a', { final: false }), segment('b')])
    await outbox.putSegments('s', [segment('a')])
    await outbox.acknowledgeSegments('s', [segment('a', { final: false }), segment('b')])
    expect(await outbox.listSegments('s')).toEqual([segment('a')])
  })

  it('keeps parts and their finished file', async () => {
    const part = { sessionId: 's', part: 1, mimeType: 'audio/webm', startMs: 80, durationMs: 0, isUploaded: false }
    await outbox.putPart(part)
    await outbox.updatePart('s', 1, { durationMs: 3_000 })
    expect(await outbox.listParts('s')).toEqual([{ ...part, durationMs: 3_000 }])
    expect(await outbox.findFile('s', 1)).toBeNull()
    await outbox.putFile('s', 1, { bytes: bytes(7), mimeType: 'audio/webm', durationSeconds: 3, sha256: 'x' })
    expect(await outbox.findFile('s', 1)).toMatchObject({ durationSeconds: 3 })
  })

  it('removes one part with its slices and its file, and nothing else', async () => {
    for (const part of [1, 2, 12]) {
      const place = { sessionId: 's', part, mimeType: 'audio/webm', startMs: 0 }
      await outbox.putPart({ ...place, durationMs: 0, isUploaded: false })
      for (const index of [0, 1]) await outbox.putSlice('s', part, index, bytes(part))
      await outbox.putFile('s', part, { bytes: bytes(part), mimeType: 'audio/webm', durationSeconds: 3, sha256: 'x' })
    }
    await outbox.removePart('s', 1)
    expect((await outbox.listParts('s')).map(({ part }) => part)).toEqual([2, 12])
    expect([await outbox.listSlices('s', 1), await outbox.findFile('s', 1)]).toEqual([[], null])
    expect(read(await outbox.listSlices('s', 2))).toEqual([2, 2])
    expect(read(await outbox.listSlices('s', 12))).toEqual([12, 12])
    expect(await outbox.findFile('s', 2)).not.toBeNull()
  })

  it('removes a session with all that belongs to it, and nothing else', async () => {
    await outbox.putSession({ ...session, sessionId: 's2' })
    for (const sessionId of ['s', 's2']) {
      await outbox.putSlice(sessionId, 1, 0, bytes(1))
      await outbox.putSegments(sessionId, [segment('a')])
    }
    await outbox.removeSession('s')
    expect([await outbox.listSlices('s', 1), await outbox.listSegments('s'), await outbox.findSession('s')]).toEqual([
      [],
      [],
      null,
    ])
    expect(await outbox.listSlices('s2', 1)).toHaveLength(1)
    expect(await outbox.listSegments('s2')).toHaveLength(1)
  })
})

describe('the outbox of a page that was closed', () => {
  it('is found by the next one', async () => {
    const first = await openOutbox('outbox-kept')
    await first.putSession(session)
    await first.putSlice('s', 1, 0, bytes(1, 2))
    const second = await openOutbox('outbox-kept')
    expect(await second.listSessions('v')).toEqual([session])
    expect(read(await second.listSlices('s', 1))).toEqual([1, 2])
  })
})

describe('the outbox whose connection was closed', () => {
  afterEach(() => void vi.restoreAllMocks())

  /** With one slice in it, and the connection that it has. */
  async function openWithSound(name: string) {
    const opening = vi.spyOn(indexedDB, 'open')
    const outbox = await openOutbox(name)
    const request = opening.mock.results[0]?.value as IDBOpenDBRequest
    await outbox.putSession(session)
    await outbox.putSlice('s', 1, 0, bytes(1))
    return { outbox, connection: request.result }
  }

  async function expectInUse(outbox: Outbox): Promise<void> {
    await outbox.putSlice('s', 1, 1, bytes(2))
    expect(read(await outbox.listSlices('s', 1))).toEqual([1, 2])
    expect(await outbox.listSessions('v')).toEqual([session])
  }

  it('is opened anew where the browser closed it', async () => {
    const { outbox, connection } = await openWithSound('outbox-terminated')
    const closed = new Promise((resolve) => connection.addEventListener('close', resolve))
    forceCloseDatabase(connection as unknown as Parameters<typeof forceCloseDatabase>[0])
    await closed
    await expectInUse(outbox)
  })

  it('is opened anew where this page gave way to another one that then did not come', async () => {
    const { outbox } = await openWithSound('outbox-gave-way')
    await new Promise<void>((resolve) => {
      const newer = indexedDB.open('outbox-gave-way', 2)
      newer.addEventListener('upgradeneeded', () => newer.transaction?.abort())
      newer.addEventListener('error', () => resolve())
    })
    await expectInUse(outbox)
  })
})

describe('a session’s lock', () => {
  const locks = (): LockService => {
    const held = new Set<string>()
    return {
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
      async request(name, _options, work) {
        if (held.has(name)) return await work(null)
        held.add(name)
        try {
          return await work({})
        } finally {
          held.delete(name)
        }
      },
    }
  }

  it('lets one tab work at a time', async () => {
    const service = locks()
    const inside = await withSessionLock(
      's',
      async () => [await withSessionLock('s', async () => 'second', service), await isSessionTaken('s', service)],
      service,
    )
    expect(inside).toEqual([taken, true])
    expect(await isSessionTaken('s', service)).toBe(false)
  })
})
