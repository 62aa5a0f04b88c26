import { describe, expect, it } from 'vitest'
import { createIdMaker, isUuid } from '../../server/domain/ids.ts'

const millisecondsOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

describe('ids', () => {
  it('sort in the order that they were made in, ten thousand within one millisecond', () => {
    const makeId = createIdMaker(() => new Date(1_790_000_000_000))
    const ids = Array.from({ length: 10_000 }, () => makeId())
    expect(ids.filter((id) => !isUuid(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
    expect(millisecondsOf(ids.at(-1) ?? '') - 1_790_000_000_000).toBeLessThanOrEqual(4)
  })

  it('go on in order when the clock steps back a little, and follow it when it is set back', () => {
    let nowMs = 1_790_000_000_000
    const makeId = createIdMaker(() => new Date(nowMs))
    const first = makeId()
    nowMs -= 500
    const second = makeId()
    expect(second > first).toBe(true)
    nowMs -= 3_600_000
    expect(millisecondsOf(makeId())).toBe(nowMs)
  })

  it('carry the time that they were made at', () => {
    expect(millisecondsOf(createIdMaker(() => new Date(1_790_000_000_123))())).toBe(1_790_000_000_123)
  })
})
