import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { insertJob } from '../../db/queries/job.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import {
  listSegments,
  listTail,
  type LockedTranscript,
  lockTranscript,
  upsertSegments,
} from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { InvalidInputError, NotFoundError, SessionNotActiveError } from '../domain/errors.ts'
import type { EventId, SessionId } from '../domain/ids.ts'
import { finalizeAfterMs } from '../domain/session-state.ts'
import { mergeSegments, type Segment, type SegmentInput } from '../domain/transcript.ts'
import { mergeAtTail } from '../domain/transcript-tail.ts'
import { finalizeTranscriptJob } from '../jobs/definitions.ts'
import { isStorable } from './is-storable.ts'
import { parseInput } from './parse-input.ts'
import { queueEvaluation, settlingMs } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface AppendedSegments {
  transcript: LockedTranscript
  /** Those that were sent, as they stand now, in sequence order. */
  segments: Segment[]
}

const maxSegments = 5_000
const itemId = z
  .string()
  .min(1, 'An item id is never empty.')
  .max(200, 'An item id has at most 200 characters.')
  .refine(isStorable, 'An item id has no null character.')
const milliseconds = z.int().min(0, 'Times start at 0.').max(86_400_000, 'A session is shorter than a day.')

const segmentSchema = z
  .object({
    itemId,
    callNumber: z.int().min(1, 'Calls are counted from 1.'),
    previousItemId: itemId.nullable(),
    source: z.enum(['PROVIDER', 'MATCHED', 'RECOGNISED', 'TYPED', 'ALIGNED']),
    speaker: z.enum(['LEARNER', 'PARTNER']),
    text: z
      .string()
      .max(20_000, 'At most 20,000 characters.')
      .refine((text) => text.trim() !== '', 'A segment has text.')
      .refine(isStorable, 'Text has no null character.'),
    startMs: milliseconds,
    endMs: milliseconds,
    final: z.boolean(),
    interrupted: z.boolean(),
    taskId: z.null('The answers to tasks are written down by the server.'),
  })
  .refine((segment) => segment.endMs >= segment.startMs, { path: ['endMs'], message: 'It ends before it starts.' })
  .refine((segment) => segment.previousItemId !== segment.itemId, {
    path: ['previousItemId'],
    message: 'An item does not follow itself.',
  })

const inputSchema = z.object({
  segments: z.array(segmentSchema).min(1, 'Send at least one segment.').max(50, 'Send at most 50 segments at once.'),
})

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId'>

/**
 * Stores segments; safe to send again, in any order. Accepted until the transcript is finalized; after the session's end, finals only.
 * Throws InvalidInputError, NotFoundError, SessionNotActiveError.
 */
export async function appendSegments(
  deps: Deps,
  viewer: Pick<Viewer, 'id'>,
  sessionId: SessionId,
  input: { segments: unknown[] },
): Promise<AppendedSegments> {
  const { segments } = parseInput(inputSchema, input)
  const result = await deps.db.asViewer(viewer.id, async (tx) => {
    const transcript = await lockTranscript(tx, sessionId)
    if (!transcript) throw new NotFoundError('There is no such session.')
    assertAccepts(transcript, segments)
    return append(deps, tx, viewer, transcript, segments)
  })
  if (result.isChanged) {
    deps.bus.ring(
      { topic: 'transcript', key: sessionId },
      { topic: 'history', key: viewer.id, sessionId, isGrowth: true },
    )
    if (result.transcript.status !== 'ACTIVE') deps.bus.ring({ topic: 'session', key: sessionId })
  }
  return result
}

function assertAccepts(transcript: LockedTranscript, segments: readonly SegmentInput[]): void {
  if (transcript.finalizedAt)
    throw new SessionNotActiveError('The transcript is closed. Nothing can be added to it.', transcript.status)
  if (transcript.status !== 'ACTIVE' && segments.some((segment) => !segment.final)) {
    throw new SessionNotActiveError('The session has ended: only final segments are accepted.', transcript.status)
  }
  const issues = segments.flatMap((segment, index) =>
    segment.callNumber <= transcript.callCount
      ? []
      : [{ path: ['segments', String(index), 'callNumber'], message: 'There was no such call.' }],
  )
  if (issues.length > 0) throw new InvalidInputError(issues)
}

async function append(
  deps: Deps,
  tx: Tx,
  viewer: Pick<Viewer, 'id'>,
  transcript: LockedTranscript,
  inputs: readonly SegmentInput[],
): Promise<AppendedSegments & { isChanged: boolean }> {
  const { sessionId } = transcript
  const itemIds = [...new Set(inputs.map((input) => input.itemId))]
  const tail = await listTail(tx, sessionId, itemIds)
  const changed = mergeAtTail(tail, inputs) ?? mergeSegments(await listSegments(tx, sessionId), inputs).changed
  const known = new Map(tail.map((segment) => [segment.itemId, segment]))
  if (changed.length === 0) return { transcript, segments: pick(itemIds, known), isChanged: false }
  const revision = transcript.revision + 1
  const stored = changed.map((segment) => ({ ...segment, revision }))
  const added = stored.filter((segment) => !known.has(segment.itemId) && itemIds.includes(segment.itemId)).length
  const segmentCount = transcript.segmentCount + added
  if (segmentCount > maxSegments) {
    throw new InvalidInputError([{ path: ['segments'], message: `A transcript has at most ${maxSegments} segments.` }])
  }
  const delivered = stored.filter((segment) => itemIds.includes(segment.itemId)).length
  const pendingSegments = await settlePending(tx, transcript, delivered)
  const owner = { sessionId, userId: viewer.id }
  const now = deps.clock()
  await upsertSegments(tx, owner, { segments: stored, revision, pendingSegments, segmentCount, now })
  if (transcript.status !== 'ACTIVE') {
    const detail = { count: delivered }
    await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'late_segments', detail, at: now })
  }
  // What comes after the end has not been judged.
  const isLate = transcript.status === 'ENDED' || transcript.status === 'ABANDONED'
  if (isLate) await queueEvaluation(deps, tx, sessionId, { delayMs: settlingMs })
  for (const segment of stored) known.set(segment.itemId, segment)
  return { transcript: { ...transcript, revision, pendingSegments }, segments: pick(itemIds, known), isChanged: true }
}

/** After the end each delivered segment is one less to wait for; with the last one the transcript may be closed. */
async function settlePending(tx: Tx, transcript: LockedTranscript, delivered: number): Promise<number> {
  if (transcript.status === 'ACTIVE' || transcript.pendingSegments === 0) return transcript.pendingSegments
  const pendingSegments = Math.max(0, transcript.pendingSegments - delivered)
  if (pendingSegments === 0 && transcript.endedAt) {
    await insertJob(
      tx,
      finalizeTranscriptJob(transcript.sessionId, new Date(transcript.endedAt.getTime() + finalizeAfterMs)),
    )
  }
  return pendingSegments
}

function pick(itemIds: readonly string[], from: ReadonlyMap<string, Segment>): Segment[] {
  return itemIds
    .flatMap((id) => {
      const segment = from.get(id)
      return segment ? [segment] : []
    })
    .sort((a, b) => a.sequence - b.sequence)
}
