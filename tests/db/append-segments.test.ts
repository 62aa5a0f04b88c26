import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabaseClient, type DatabaseClient } from '../../db/client.ts'
import { listSegments, lockTranscript } from '../../db/queries/transcript.ts'
import type { Viewer } from '../../server/auth/viewer.ts'
import { SessionNotActiveError } from '../../server/domain/errors.ts'
import { createIdMaker, type SessionId } from '../../server/domain/ids.ts'
import { mergeSegments, type Segment, type SegmentInput } from '../../server/domain/transcript.ts'
import type { EventBus } from '../../server/events/bus.ts'
import { appendSegments, type AppendedSegments } from '../../server/services/append-segments.ts'
import { endSession } from '../../server/services/end-session.ts'
import { finalizeTranscript } from '../../server/services/finalize-transcript.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { segmentInput } from '../support/segment-input.ts'
import { conversationEvents, cutAt } from '../support/transcript-events.ts'
import { storeSession, storeUser, withConnection } from './stored-rows.ts'

let database: TestDatabase
let db: DatabaseClient
let viewer: Viewer
let bells = 0

const bus: EventBus = {
  ring: () => void (bells += 1),
  listen: () => () => undefined,
  listenAll: () => () => undefined,
  isCurrent: () => true,
  close: async () => undefined,
}
const clock = (): Date => new Date()
const makeId = createIdMaker(clock)

beforeAll(async () => {
  database = await createTestDatabase()
  db = createDatabaseClient({ url: database.appUrl, onConnectionError: () => undefined })
  const id = await withConnection(database.adminUrl, storeUser)
  viewer = { id, role: 'LEARNER', signIn: '', scopes: null }
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const newSession = (): Promise<SessionId> =>
  withConnection(database.adminUrl, (client) => storeSession(client, viewer.id))

const append = (sessionId: SessionId, segments: readonly SegmentInput[]): Promise<AppendedSegments> =>
  appendSegments({ db, bus, clock, makeId }, viewer, sessionId, { segments: [...segments] })

const stored = (sessionId: SessionId): Promise<Segment[]> => db.asViewer(viewer.id, (tx) => listSegments(tx, sessionId))

async function stateOf(sessionId: SessionId): Promise<{ revision: number; segmentCount: number } | null> {
  return db.asViewer(viewer.id, (tx) => lockTranscript(tx, sessionId))
}

const withoutRevision = (segments: readonly Segment[]): Omit<Segment, 'revision'>[] =>
  segments.map(({ revision: _revision, ...rest }) => rest)

const arrivals = conversationEvents.chain((events) =>
  fc.record({
    events: fc.constant(events),
    once: fc.shuffledSubarray(events, { minLength: events.length }),
    again: fc.subarray(events),
    cuts: fc.array(fc.nat(60), { maxLength: 6 }),
    isInOrder: fc.boolean(),
  }),
)

describe('appending', () => {
  it('stores what the merge rule gives, however the events are shuffled, doubled and batched; each change is one revision', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ events, once, again, cuts, isInOrder }) => {
        const sessionId = await newSession()
        let known: Segment[] = []
        let revision = 0
        for (const batch of cutAt([...(isInOrder ? events : once), ...again], cuts)) {
          const merged = mergeSegments(known, batch)
          const bellsBefore = bells
          const { transcript, segments } = await append(sessionId, batch)
          if (merged.changed.length > 0) revision += 1
          expect(bells - bellsBefore).toBe(merged.changed.length > 0 ? 1 : 0)
          known = merged.segments
          const rows = await stored(sessionId)
          expect(withoutRevision(rows)).toEqual(withoutRevision(known))
          expect(transcript.revision).toBe(revision)
          const changed = new Set(merged.changed.map((one) => one.itemId))
          expect(rows.filter((row) => row.revision === revision && changed.size > 0).map((row) => row.itemId)).toEqual(
            merged.changed.map((one) => one.itemId),
          )
          const named = new Set(batch.map((one) => one.itemId))
          expect(segments).toEqual(rows.filter((row) => named.has(row.itemId)))
        }
        expect(withoutRevision(await stored(sessionId))).toEqual(withoutRevision(mergeSegments([], events).segments))
        expect(await stateOf(sessionId)).toMatchObject({ revision, segmentCount: known.length })
      }),
      { numRuns: 60 },
    )
  })

  it('loses nothing when 8 writers append to one session at once, counts right, and gives each commit a revision of its own', async () => {
    const sessionId = await newSession()
    const writers = Array.from({ length: 8 }, (_, writer) =>
      Array.from({ length: 12 }, (_unused, turn) =>
        segmentInput(`w${writer}-${turn}`, {
          callNumber: writer + 1,
          previousItemId: turn === 0 ? null : `w${writer}-${turn - 1}`,
          speaker: turn % 2 === 0 ? 'PARTNER' : 'LEARNER',
          startMs: turn * 100,
          endMs: turn * 100 + 80,
        }),
      ),
    )
    const revisions = await Promise.all(
      writers.map(async (segments) => {
        const own: number[] = []
        for (const segment of segments) own.push((await append(sessionId, [segment])).transcript.revision)
        return own
      }),
    )
    const expected = mergeSegments([], writers.flat()).segments
    expect(withoutRevision(await stored(sessionId))).toEqual(withoutRevision(expected))
    expect(revisions.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 96 }, (_, index) => index + 1))
    expect(await stateOf(sessionId)).toMatchObject({ revision: 96, segmentCount: 96 })
  })

  it('waits for an end that came first, and then takes finals only', async () => {
    const sessionId = await newSession()
    await append(sessionId, [segmentInput('a')])
    let commitEnd = (): void => undefined
    let isHeld = (): void => undefined
    const held = new Promise<void>((resolve) => (isHeld = resolve))
    const ended = db.asViewer(viewer.id, async (tx) => {
      await lockTranscript(tx, sessionId)
      isHeld()
      await new Promise<void>((resolve) => (commitEnd = resolve))
      await sql`update sessions set status = 'ENDED', end_reason = 'COMPLETED', ended_at = now(), duration_seconds = 1 where id = ${sessionId}`.execute(
        tx,
      )
    })
    await held
    const partial = append(sessionId, [segmentInput('b', { previousItemId: 'a', final: false })])
    const outcome = partial.then(
      () => 'taken',
      (error: unknown) => (error instanceof SessionNotActiveError ? 'refused' : error),
    )
    await expect.poll(() => waitingForLock()).toBe(1)
    commitEnd()
    await ended
    expect(await outcome).toBe('refused')
  })

  it('never deadlocks with ends and finalizations that come at the same time', async () => {
    const provider = { hangUp: async () => undefined }
    const deps = { db, bus, clock, makeId, provider, log: { warn: () => undefined } } as unknown as Parameters<
      typeof endSession
    >[0]
    for (let round = 0; round < 10; round += 1) {
      const sessionId = await newSession()
      const appends = Array.from({ length: 8 }, (_, index) =>
        append(sessionId, [segmentInput(`item-${index}`, { callNumber: index + 1 })]).then(
          () => 1,
          (error: unknown) => (error instanceof SessionNotActiveError ? 0 : Promise.reject(error)),
        ),
      )
      const end = endSession(deps, viewer, sessionId, { reason: 'COMPLETED', pendingSegments: 2 })
      const close = finalizeTranscript({ db, bus, clock, makeId }, sessionId)
      const taken = (await Promise.all(appends)).reduce<number>((sum, one) => sum + one, 0)
      await Promise.all([end, close])
      expect(await stateOf(sessionId)).toMatchObject({ segmentCount: taken })
      expect(await stored(sessionId)).toHaveLength(taken)
    }
  })
})

/** How many of this database's backends wait for a lock. */
async function waitingForLock(): Promise<number> {
  const { rows } = await withConnection(database.adminUrl, (client) =>
    client.query(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  )
  return rows[0].count
}
