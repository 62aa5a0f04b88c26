/** The envelopes of a session's parts, as what measures speech takes them. */
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import type { RecordingRecord } from '../../db/queries/recording.ts'
import { toMeasurementFile } from '../../server/audio/measurement-file.ts'
import { readEnvelopes } from '../../server/services/read-envelopes.ts'
import type { ServiceDeps } from '../../server/services/service-deps.ts'
import { BlobStoreUnavailableError } from '../../server/storage/blob-store.ts'

interface Part {
  part: number
  startMs: number
  levels: number[] | 'unmeasured' | 'lost' | 'store away'
}

/** In the given order, as rows of a table and files of a store. */
async function read(...parts: Part[]) {
  const warnings: string[] = []
  const recordings = parts.map(({ part, startMs, levels }) => ({
    id: `recording ${part}`,
    part,
    startMs,
    measurementKey: levels === 'unmeasured' ? null : String(part),
  }))
  const deps = {
    blobs: {
      async read(key: string) {
        const levels = parts.find(({ part }) => String(part) === key)?.levels
        if (levels === 'store away') throw new BlobStoreUnavailableError('be reached', null)
        if (!Array.isArray(levels)) return null
        const file = toMeasurementFile({ levels: Uint8Array.from(levels), peaks: new Uint8Array(levels.length) })
        return Readable.from([Buffer.from(file.subarray(0, 7)), Buffer.from(file.subarray(7))])
      },
    },
    log: { warn: (_detail: unknown, message: string) => warnings.push(message) },
  }
  const found = await readEnvelopes(deps as unknown as ServiceDeps, recordings as RecordingRecord[])
  return { found: found.map(({ startMs, levels }) => ({ startMs, levels: [...levels] })), warnings }
}

it('begin where their recordings do, in order of time', async () => {
  const { found } = await read({ part: 2, startMs: 5_000, levels: [3, 4] }, { part: 1, startMs: 120, levels: [1, 2] })
  expect(found).toEqual([
    { startMs: 120, levels: [1, 2] },
    { startMs: 5_000, levels: [3, 4] },
  ])
})

it('leave out what an earlier one has said already', async () => {
  const { found } = await read(
    { part: 1, startMs: 0, levels: [1, 2, 3, 4] },
    { part: 2, startMs: 15, levels: [5, 6, 7, 8] },
    { part: 3, startMs: 20, levels: [9] },
  )
  expect(found).toEqual([
    { startMs: 0, levels: [1, 2, 3, 4] },
    { startMs: 45, levels: [8] },
  ])
})

it('are of measured recordings alone, and a lost measurement is told of', async () => {
  const { found, warnings } = await read(
    { part: 1, startMs: 0, levels: 'unmeasured' },
    { part: 2, startMs: 1_000, levels: 'lost' },
    { part: 3, startMs: 2_000, levels: [7] },
  )
  expect(found).toEqual([{ startMs: 2_000, levels: [7] }])
  expect(warnings).toHaveLength(1)
})

it('are waited for while the store is away', async () => {
  await expect(read({ part: 1, startMs: 0, levels: 'store away' })).rejects.toBeInstanceOf(BlobStoreUnavailableError)
})
