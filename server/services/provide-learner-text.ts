import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { findDrillResponse } from '../../db/queries/drill-response.ts'
import { listRecordings, type RecordingRecord } from '../../db/queries/recording.ts'
import { updateTranscription } from '../../db/queries/recording-transcription.ts'
import { findSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listSegments, lockTranscript, upsertSegments } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../domain/errors.ts'
import type { EventId, RecordingId, SessionId, TestTaskId } from '../domain/ids.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { isNewLearnerText, toAlignedSegments, toPlainWords, toTypedSegment } from '../domain/learner-text.ts'
import { mergeSegments, type Segment, type SegmentInput } from '../domain/transcript.ts'
import { findSpokenWords } from './find-spoken-words.ts'
import { isStorable } from './is-storable.ts'
import { parseInput } from './parse-input.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface LearnerText {
  /** The one part of the audio that it was said in; null: all parts. Of a speaking test: the answer to one task. */
  recordingId: RecordingId | null
  text: string
}

const inputSchema = z.object({
  text: z
    .string()
    .max(20_000, 'At most 20,000 characters.')
    .refine(isStorable, 'Text has no null character.')
    .refine((text) => /[\p{L}\p{N}]/u.test(text), 'Write what you said.'),
})

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'decoder' | 'aligner' | 'log'>

/**
 * Puts what the learner says they said into the transcript of an ended session in which nothing of their speech was
 * recognised. Once a session, or once for each answer of a speaking test: given again, the same text changes nothing, and another one is refused, since finals stay.
 *
 * Where the words are found in the stored recording they become ALIGNED segments, each where it was said; else one TYPED
 * segment over all the time that it may have been said in. They take their place by time, also in a transcript that is
 * closed: that is the one thing that still moves the sequence of its segments. Until a recording that is named is
 * stored the text is refused, for it could never be aligned later.
 *
 * Throws InvalidInputError, NotFoundError (session, recording), ConflictError, StorageError.
 */
export async function provideLearnerText(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  said: LearnerText,
): Promise<SessionRecord> {
  const words = toPlainWords(parseInput(inputSchema, { text: said.text }).text)
  const before = await deps.db.asViewer(viewer.id, (tx) => readBefore(tx, sessionId, said.recordingId))
  const { taskId, recordings } = before
  if (!isNewLearnerText(before.session.status, { known: before.segments, taskId }, words)) return before.session
  // No transaction is open meanwhile: it takes seconds.
  const found = await findSpokenWords(deps, recordings, words.join(' '))
  const span = spanOf(before)
  const toInputs = (known: readonly Segment[]): SegmentInput[] =>
    found ? toAlignedSegments(found, { known, taskId }) : [toTypedSegment(words.join(' '), span, { known, taskId })]
  const after = await deps.db.asViewer(viewer.id, (tx) =>
    write(deps, tx, { sessionId, taskId, recordings, words, toInputs }),
  )
  deps.bus.ring(
    { topic: 'transcript', key: sessionId },
    { topic: 'session', key: sessionId },
    { topic: 'history', key: viewer.id, sessionId },
  )
  return after
}

interface Before {
  session: SessionRecord
  segments: Segment[]
  taskId: TestTaskId | null
  /** Stored, by part. */
  recordings: RecordingRecord[]
}

async function readBefore(tx: Tx, sessionId: SessionId, recordingId: RecordingId | null): Promise<Before> {
  const session = await findSession(tx, sessionId)
  if (!session) throw new NotFoundError('There is no such session.')
  const all = session.mode === 'DRILL' ? await listAnswers(tx, session) : await listRecordings(tx, sessionId)
  const named = recordingId === null ? all : all.filter(({ id }) => id === recordingId)
  if (recordingId !== null && named.length === 0) throw new NotFoundError('There is no such recording.')
  const stored = named.filter(({ storageKey }) => storageKey !== null)
  if (recordingId !== null && stored.length === 0)
    throw new ConflictError('This recording is not stored yet. Complete its upload first.')
  const taskId = session.mode === 'SPEAKING_TEST' ? (stored[0]?.taskId ?? null) : null
  if (session.mode === 'SPEAKING_TEST' && (recordingId === null || taskId === null))
    throw new InvalidInputError([{ path: ['recordingId'], message: 'Name the recording of the task that it answers.' }])
  return { session, segments: await listSegments(tx, sessionId), taskId, recordings: stored }
}

/** Of a drill's recordings the one that was submitted; none where the answer was typed. */
async function listAnswers(tx: Tx, { id, status }: SessionRecord): Promise<RecordingRecord[]> {
  const response = await findDrillResponse(tx, id)
  if (!response && status !== 'ACTIVE')
    throw new ConflictError('This question was never answered. Start it anew to answer it.')
  return (await listRecordings(tx, id)).filter((recording) => recording.id === response?.recordingId)
}

/** From the start of the first recording to the end of the last, or of the session. */
function spanOf({ session, recordings }: Before): { startMs: number; endMs: number } {
  const wholeMs = (session.durationSeconds ?? 0) * 1_000
  if (recordings.length === 0) return { startMs: 0, endMs: wholeMs }
  return {
    startMs: Math.min(...recordings.map(({ startMs }) => startMs)),
    endMs: Math.max(...recordings.map(({ startMs, durationSeconds }) => Math.round(startMs + durationSeconds * 1_000))),
  }
}

interface Writing extends Pick<Before, 'taskId' | 'recordings'> {
  sessionId: SessionId
  words: readonly string[]
  toInputs: (known: readonly Segment[]) => SegmentInput[]
}

async function write(deps: Deps, tx: Tx, writing: Writing): Promise<SessionRecord> {
  const { sessionId, taskId, recordings, words, toInputs } = writing
  const transcript = await lockTranscript(tx, sessionId)
  const session = transcript && (await findSession(tx, sessionId))
  if (!session) throw new NotFoundError('There is no such session.')
  const known = await listSegments(tx, sessionId)
  // The same request, sent twice at once.
  if (!isNewLearnerText(transcript.status, { known, taskId }, words)) return session
  const inputs = toInputs(known)
  const revision = transcript.revision + 1
  const now = deps.clock()
  const owner = { sessionId, userId: session.userId }
  await upsertSegments(tx, owner, {
    segments: mergeSegments(known, inputs).changed.map((segment) => ({ ...segment, revision })),
    revision,
    pendingSegments: transcript.pendingSegments,
    segmentCount: transcript.segmentCount + inputs.length,
    now,
  })
  if (taskId !== null) for (const { id } of recordings) await updateTranscription(tx, id, { status: 'COMPLETED', now })
  await updateChangeNumber(tx, sessionId, now)
  if (canBeJudged(session)) await queueEvaluation(deps, tx, sessionId)
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    ...owner,
    type: 'learner_text',
    detail: { source: inputs[0]?.source, segments: inputs.length, words: words.length },
    at: now,
  })
  return (await findSession(tx, sessionId)) ?? session
}
