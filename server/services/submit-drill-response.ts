import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { type DrillResponseRecord, findDrillResponse, insertDrillResponse } from '../../db/queries/drill-response.ts'
import { findRecording, type RecordingRecord, updatePrimaryRecording } from '../../db/queries/recording.ts'
import { findSession, updateSessionRecording } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { type LockedTranscript, lockTranscript, upsertSegments } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { InvalidInputError, NotFoundError, SessionNotActiveError } from '../domain/errors.ts'
import type { DrillResponseId, EventId, RecordingId, SessionId } from '../domain/ids.ts'
import { toPlainWords, toTypedSegment } from '../domain/learner-text.ts'
import { mergeSegments } from '../domain/transcript.ts'
import { closeSession } from './close-session.ts'
import { isStorable } from './is-storable.ts'
import { parseInput } from './parse-input.ts'
import { queueTranscription } from './queue-transcription.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What a learner answers with: one of the two. */
export type DrillAnswer = { text: string } | { recordingId: RecordingId }

const text = z
  .string()
  .trim()
  .min(1, 'Write your answer first.')
  .max(20_000, 'At most 20,000 characters.')
  .refine(isStorable, 'Text has no null character.')
const typedSchema = z.object({ response: z.object({ text }) })

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId'>

/**
 * Answers a drill, once, and ends it: the answer, the end and the judgement that is due are written together or not at all. The
 * same answer again changes nothing. A typed answer is in the transcript at once; a recorded one is written down first.
 * Throws InvalidInputError, NotFoundError (drill, recording), SessionNotActiveError (ended, or answered otherwise).
 */
export async function submitDrillResponse(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  answer: DrillAnswer,
): Promise<SessionRecord> {
  const given = 'text' in answer ? parseInput(typedSchema, { response: answer }).response : answer
  const { session, isNew } = await deps.db.asViewer(viewer.id, (tx) => submit(deps, tx, sessionId, given))
  if (isNew)
    deps.bus.ring(
      { topic: 'transcript', key: sessionId },
      { topic: 'session', key: sessionId },
      { topic: 'history', key: viewer.id, sessionId },
    )
  return session
}

async function submit(
  deps: Deps,
  tx: Tx,
  sessionId: SessionId,
  answer: DrillAnswer,
): Promise<{ session: SessionRecord; isNew: boolean }> {
  const transcript = await lockTranscript(tx, sessionId)
  const session = transcript && (await findSession(tx, sessionId))
  if (!session || session.mode !== 'DRILL') throw new NotFoundError('There is no such drill.')
  const known = await findDrillResponse(tx, sessionId)
  if (known && isSame(known, answer)) return { session, isNew: false }
  if (known)
    throw new SessionNotActiveError('This drill is answered already. Start it anew to answer again.', session.status)
  if (session.status !== 'ACTIVE')
    throw new SessionNotActiveError('This drill has ended without an answer. Start it anew.', session.status)
  const response =
    'text' in answer ? toTyped(deps, sessionId, answer.text) : await toRecorded(deps, tx, session, answer)
  await insertDrillResponse(tx, session.userId, response)
  await note(deps, tx, session, response)
  if (response.content !== null) await write(deps, tx, session, transcript, response.content)
  const closed = await closeSession(deps, tx, sessionId, { reason: 'COMPLETED' })
  if (!closed) throw new Error('the drill is locked')
  return { session: closed.session, isNew: true }
}

function isSame(known: DrillResponseRecord, answer: DrillAnswer): boolean {
  return 'text' in answer ? known.content === answer.text : known.recordingId === answer.recordingId
}

function toTyped(deps: Deps, sessionId: SessionId, text: string): DrillResponseRecord {
  return {
    id: deps.makeId<DrillResponseId>(),
    sessionId,
    content: text,
    recordingId: null,
    audioDurationSeconds: null,
    wordCount: toPlainWords(text).length,
    createdAt: deps.clock(),
  }
}

/** Makes the recording the drill's own one, and has it written down. */
async function toRecorded(
  deps: Deps,
  tx: Tx,
  session: SessionRecord,
  answer: { recordingId: RecordingId },
): Promise<DrillResponseRecord> {
  const recording = await findRecording(tx, answer.recordingId)
  if (recording?.sessionId !== session.id) throw new NotFoundError('There is no such recording of this drill.')
  if (recording.storageKey === null) {
    const message = 'This recording is not stored yet. Complete its upload first.'
    throw new InvalidInputError([{ path: ['response', 'recordingId'], message }])
  }
  const now = deps.clock()
  await choose(tx, session, recording, now)
  await queueTranscription(deps, tx, recording.id)
  return {
    id: deps.makeId<DrillResponseId>(),
    sessionId: session.id,
    content: null,
    recordingId: recording.id,
    audioDurationSeconds: recording.measuredSeconds ?? recording.durationSeconds,
    wordCount: null,
    createdAt: now,
  }
}

async function choose(tx: Tx, session: SessionRecord, { id }: RecordingRecord, now: Date): Promise<void> {
  if (session.recording?.id === id) return
  await updatePrimaryRecording(tx, session.id, id)
  await updateSessionRecording(tx, session.id, { id, isPrimary: true, now })
}

/** So that quotes, the search and all that reads a transcript find what was typed as they find what was said. */
async function write(
  deps: Deps,
  tx: Tx,
  session: SessionRecord,
  transcript: LockedTranscript,
  text: string,
): Promise<void> {
  const typed = toTypedSegment(toPlainWords(text).join(' '), { startMs: 0, endMs: 0 }, { known: [], taskId: null })
  const revision = transcript.revision + 1
  const segments = mergeSegments([], [typed]).changed.map((segment) => ({ ...segment, revision }))
  const owner = { sessionId: session.id, userId: session.userId }
  await upsertSegments(tx, owner, { segments, revision, pendingSegments: 0, segmentCount: 1, now: deps.clock() })
}

async function note(deps: Deps, tx: Tx, session: SessionRecord, response: DrillResponseRecord): Promise<void> {
  const { wordCount, audioDurationSeconds } = response
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId: session.id,
    userId: session.userId,
    type: 'submit',
    detail: wordCount === null ? { seconds: audioDurationSeconds } : { words: wordCount },
    at: deps.clock(),
  })
}
