import type { SessionId, UserId } from '../../server/domain/ids.ts'
import type { SessionStatus } from '../../server/domain/session-state.ts'
import type { Segment, Speaker } from '../../server/domain/transcript.ts'
import type { NamedStatement, Tx } from '../client.ts'
import { runStatement } from './statement.ts'

export interface TranscriptRecord {
  sessionId: SessionId
  revision: number
  finalizedAt: Date | null
  pendingSegments: number
  language: string | null
  provider: string | null
  model: string | null
}

const segmentColumns = `g.item_id as "itemId", g.call_number as "callNumber", g.previous_item_id as "previousItemId", g.sequence, g.source,
  g.task_id as "taskId", g.speaker, g.text, g.start_ms as "startMs", g.end_ms as "endMs",
  g.received_start_ms as "receivedStartMs", g.received_end_ms as "receivedEndMs", g.final, g.interrupted, g.revision`

/** A transcript together with what its session's state allows. */
export interface LockedTranscript extends TranscriptRecord {
  status: SessionStatus
  callCount: number
  segmentCount: number
  endedAt: Date | null
}

/**
 * Serialises the writers of one transcript until the transaction ends. Takes the session's own lock too: a writer who had
 * to wait would otherwise read the session as it was before he waited. Null for what is not the viewer's.
 */
export async function lockTranscript(tx: Tx, sessionId: SessionId): Promise<LockedTranscript | null> {
  const [row] = await runStatement<LockedTranscript>(tx, {
    name: 'lock-transcript',
    text: `select x.session_id as "sessionId", x.revision, x.finalized_at as "finalizedAt", x.pending_segments as "pendingSegments",
      x.language, x.provider, x.model, s.status, s.call_count as "callCount", s.segment_count as "segmentCount", s.ended_at as "endedAt"
      from transcripts x join sessions s on s.id = x.session_id where x.session_id = $1 for no key update of x, s`,
    values: [sessionId],
  })
  return row ?? null
}

/** The same for all transcripts of an account, in the order in which each writer locks. System only. */
export async function lockTranscriptsOfUser(tx: Tx, userId: UserId): Promise<void> {
  await tx
    .selectFrom('transcripts')
    .innerJoin('sessions', 'sessions.id', 'transcripts.session_id')
    .select('session_id')
    .where('transcripts.user_id', '=', userId)
    .orderBy('session_id')
    .forUpdate(['transcripts', 'sessions'])
    .execute()
}

/** In sequence order: those that changed after `afterRevision`, all of them for 0. */
export async function listSegments(tx: Tx, sessionId: SessionId, afterRevision = 0): Promise<Segment[]> {
  return runStatement<Segment>(tx, segmentsAfter(sessionId, afterRevision))
}

/** The same as a statement of its own: Segments. */
export function segmentsAfter(sessionId: SessionId, afterRevision: number): NamedStatement {
  return {
    name: 'segments-after',
    text: `select ${segmentColumns} from segments g where g.session_id = $1 and g.revision > $2 order by g.sequence`,
    values: [sessionId, afterRevision],
  }
}

/** Those of these sessions that answer a task, each with its session, in sequence order. */
export function taskSegments(sessionIds: readonly SessionId[]): NamedStatement {
  return {
    name: 'task-segments',
    text: `select g.session_id as "sessionId", ${segmentColumns} from segments g
      where g.session_id = any($1) and g.task_id is not null order by g.sequence`,
    values: [sessionIds],
  }
}

/** A row of `transcriptAfter`: the transcript's state, and one of its changed segments or null where none changed. */
export type TranscriptDeltaRow = { transcriptRevision: number; finalizedAt: Date | null } & (
  | Segment
  | { [Key in keyof Segment]: null }
)

/** State and changes in one snapshot, in sequence order; no row at all when the transcript is not the viewer's. */
export function transcriptAfter(sessionId: SessionId, afterRevision: number): NamedStatement {
  return {
    name: 'transcript-after',
    text: `select x.revision as "transcriptRevision", x.finalized_at as "finalizedAt", ${segmentColumns}
      from transcripts x left join segments g on g.session_id = x.session_id and g.revision > $2
      where x.session_id = $1 order by g.sequence`,
    values: [sessionId, afterRevision],
  }
}

/**
 * The end of a transcript, those of its segments that `itemIds` name, and those that follow one of them: what an append
 * in order needs to know. The last segment of each speaker carries where that speaker's time ends.
 */
export async function listTail(tx: Tx, sessionId: SessionId, itemIds: readonly string[]): Promise<Segment[]> {
  return runStatement<Segment>(tx, {
    name: 'transcript-tail',
    text: `select ${segmentColumns} from segments g where g.session_id = $1 and (g.item_id = any($2) or g.previous_item_id = any($2)
      or g.sequence = any(array[${lastSequence('LEARNER')}, ${lastSequence('PARTNER')}])) order by g.sequence`,
    values: [sessionId, itemIds],
  })
}

/** One look-up in an index, however long the transcript. */
function lastSequence(speaker: Speaker): string {
  return `(select max(sequence) from segments where session_id = $1 and speaker = '${speaker}')`
}

/** What one append leaves behind: the segments that it adds or changes, and where they bring transcript and session. */
export interface Append {
  segments: readonly Segment[]
  revision: number
  pendingSegments: number
  segmentCount: number
  now: Date
}

const segmentArrays: readonly [column: string, key: keyof Segment, type: string][] = [
  ['item_id', 'itemId', 'text'],
  ['call_number', 'callNumber', 'int'],
  ['previous_item_id', 'previousItemId', 'text'],
  ['sequence', 'sequence', 'int'],
  ['source', 'source', 'text'],
  ['task_id', 'taskId', 'uuid'],
  ['speaker', 'speaker', 'text'],
  ['text', 'text', 'text'],
  ['start_ms', 'startMs', 'int'],
  ['end_ms', 'endMs', 'int'],
  ['received_start_ms', 'receivedStartMs', 'int'],
  ['received_end_ms', 'receivedEndMs', 'int'],
  ['final', 'final', 'boolean'],
  ['interrupted', 'interrupted', 'boolean'],
  ['revision', 'revision', 'int'],
]
const segmentNames = segmentArrays.map(([column]) => column)

/** All in one statement, since it runs several times a second in every session. A stored final keeps its text whatever comes. */
const writeAppend = `with stored as (
    insert into segments (session_id, user_id, ${segmentNames.join(', ')})
      select $1, $2, * from unnest(${segmentArrays.map(([, , type], index) => `$${index + 7}::${type}[]`).join(', ')})
      on conflict (session_id, item_id) do update set ${segmentNames
        .slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}
  ), counted as (
    update sessions set segment_count = $5, last_seen_at = $6, updated_at = $6 where id = $1
  )
  update transcripts set revision = $3, pending_segments = $4 where session_id = $1`

/** Writes segments as they are given, and what follows for transcript and session. */
export async function upsertSegments(
  tx: Tx,
  owner: { sessionId: SessionId; userId: UserId },
  append: Append,
): Promise<void> {
  const { segments, revision, pendingSegments, segmentCount, now } = append
  await runStatement(tx, {
    name: 'append-segments',
    text: writeAppend,
    values: [
      owner.sessionId,
      owner.userId,
      revision,
      pendingSegments,
      segmentCount,
      now,
      ...segmentArrays.map(([, key]) => segments.map((segment) => segment[key])),
    ],
  })
}

/** Makes open segments final with the text they have. */
export async function updateSegmentsFinal(
  tx: Tx,
  sessionId: SessionId,
  itemIds: readonly string[],
  revision: number,
): Promise<void> {
  if (itemIds.length === 0) return
  await tx
    .updateTable('segments')
    .set({ final: true, revision })
    .where('session_id', '=', sessionId)
    .where('item_id', 'in', itemIds)
    .execute()
}

/** Moves the transcript to `revision`, with what else this commit changes of it. */
export async function updateRevision(
  tx: Tx,
  sessionId: SessionId,
  change: { revision: number; pendingSegments?: number; finalizedAt?: Date },
): Promise<void> {
  await tx
    .updateTable('transcripts')
    .set({
      revision: change.revision,
      ...(change.pendingSegments !== undefined && { pending_segments: change.pendingSegments }),
      ...(change.finalizedAt && { finalized_at: change.finalizedAt }),
    })
    .where('session_id', '=', sessionId)
    .execute()
}

/** Notes who wrote the transcript down. */
export async function updateTranscriptSource(
  tx: Tx,
  sessionId: SessionId,
  { provider, model, language }: { provider: string; model: string; language: string | null },
): Promise<void> {
  await tx.updateTable('transcripts').set({ provider, model, language }).where('session_id', '=', sessionId).execute()
}

/** Notes how many segments the client still holds; 0 means that all has come. */
export async function updatePendingSegments(tx: Tx, sessionId: SessionId, pendingSegments: number): Promise<void> {
  await tx
    .updateTable('transcripts')
    .set({ pending_segments: pendingSegments })
    .where('session_id', '=', sessionId)
    .execute()
}

/** Sessions whose transcript should have been closed before now, by the time of their end and what was pending. System only. */
export async function listOverdueTranscripts(
  tx: Tx,
  due: { endedBefore: Date; pendingEndedBefore: Date; limit: number },
): Promise<SessionId[]> {
  const rows = await tx
    .selectFrom('transcripts')
    .innerJoin('sessions', 'sessions.id', 'transcripts.session_id')
    .select('sessions.id')
    .where('finalized_at', 'is', null)
    .where('ended_at', '<', due.endedBefore)
    .where((or) => or.or([or('pending_segments', '=', 0), or('ended_at', '<', due.pendingEndedBefore)]))
    .orderBy('ended_at')
    .limit(due.limit)
    .execute()
  return rows.map(({ id }) => id)
}
