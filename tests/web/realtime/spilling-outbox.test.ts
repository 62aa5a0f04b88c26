import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { openOutbox, type Outbox } from '../../../web/realtime/outbox.ts'
import { SpillingOutbox } from '../../../web/realtime/spilling-outbox.ts'
import { segmentInput } from '../../support/segment-input.ts'

let count = 0
let disk: Outbox
let isFull: boolean
let spills: boolean[]
let outbox: Outbox
const session = { sessionId: 's', viewerId: 'v', title: 'Food', startedAtMs: 5, updatedAtMs: 5, isEndSent: false }
const part = { sessionId: 's', part: 1, mimeType: 'audio/webm', startMs: 0, durationMs: 0, isUploaded: false }
const bytes = (value: number): ArrayBuffer => new Uint8Array([value]).buffer
const listSlices = async (of: Outbox): Promise<number[]> =>
  (await of.listSlices('s', 1)).flatMap((buffer) => [...new Uint8Array(buffer)])

/** A disk that refuses what is put on it while it is full. */
function refusing(outboxOnDisk: Outbox): Outbox {
  const puts = ['putSession', 'updateSession', 'putPart', 'updatePart', 'putSlice', 'putFile', 'putSegments']
  return new Proxy(outboxOnDisk, {
    get: (target, name: keyof Outbox) =>
      isFull && puts.includes(name)
        ? async () => {
            throw new DOMException('no room', 'QuotaExceededError')
          }
        : target[name],
  })
}

beforeEach(async () => {
  disk = await openOutbox(`spilling-${(count += 1)}`)
  isFull = false
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
