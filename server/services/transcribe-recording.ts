import type { Tx } from '../../db/client.ts'
import { findRecording, type RecordingRecord, updateTranscriptionStatus } from '../../db/queries/recording.ts'
import { findSession, lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listSegments, lockTranscript, updateTranscriptSource, upsertSegments } from '../../db/queries/transcript.ts'
import { decodedSampleRate, UndecodableRecordingError } from '../audio/recording-decoder.ts'
import { toEnvelope } from '../audio/sound-envelope.ts'
import { DomainError } from '../domain/errors.ts'
import type { EventId, RecordingId } from '../domain/ids.ts'
import { isLearnerText } from '../domain/learner-text.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { findSpeech } from '../domain/speech-metrics/envelope-speech.ts'
import { mergeSegments, type Segment, type SegmentInput } from '../domain/transcript.ts'
import type { TranscriptionStatus } from '../domain/transcription-status.ts'
import { isOfRecording, toRecognisedSegments } from '../transcription/recognised-segments.ts'
import { type Transcription, TranscriptionError } from '../transcription/transcriber.ts'
import { asStorageError } from './as-storage-error.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'decoder' | 'transcriber' | 'log'>

/** For a whole recording; the part that is being transcribed has its own limit. */
const patienceMs = 15 * 60_000

interface Material {
  session: SessionRecord
  recording: RecordingRecord
}

interface Outcome {
  transcription: Transcription
  inputs: SegmentInput[]
  audioSeconds: number
  processingMs: number
}

/**
 * Puts what was said in a stored recording into the transcript, for sessions in which nobody heard the learner live. Once a
 * recording: what stands there already is not written again, so it may be run any number of times, and killed at any point. A
 * transcript that is closed takes it all the same. Does nothing where nobody can transcribe, and where the
 * learner has told already what they said.
 *
 * What cannot be transcribed is noted in the session's log; the recording stays as it is. What may come right by itself is
 * thrown, to be tried again, and noted once `isLastTry`.
 */
export async function transcribeRecording(
  deps: Deps,
  recordingId: RecordingId,
  { isLastTry }: { isLastTry: boolean },
): Promise<void> {
  const material = await deps.db.withSystem('transcribe recording', (tx) => findMaterial(tx, recordingId))
  if (!material) return
  if (!(await deps.transcriber.isAvailable())) return stopWaiting(deps, material, 'NONE')
  const { session, recording } = material
  try {
    const outcome = await transcribe(deps, recording)
    if (!outcome) return await stopWaiting(deps, material, 'FAILED')
    const isWritten = await deps.db.asViewer(session.userId, (tx) => write(deps, tx, material, outcome))
    if (!isWritten) return
  } catch (error) {
    const { code, isRetryable } = toFault(error)
    if (isRetryable && !isLastTry) throw error
    await deps.db.asViewer(session.userId, (tx) => noteFailure(deps, tx, material, code))
    if (isRetryable) throw error
  }
  deps.bus.ring(
    { topic: 'transcript', key: session.id },
    { topic: 'session', key: session.id },
    { topic: 'history', key: session.userId, sessionId: session.id },
  )
}

/** Null where there is nothing to do: a partner heard the learner, the audio is not there (any more), or it was done before. */
async function findMaterial(tx: Tx, recordingId: RecordingId): Promise<Material | null> {
  const recording = await findRecording(tx, recordingId)
  const session = recording && (await findSession(tx, recording.sessionId))
  if (!session || session.mode === 'CONVERSATION' || recording.storageKey === null || recording.prunedAt) return null
  return isKnown(await listSegments(tx, session.id), recording) ? null : { session, recording }
}

function isKnown(segments: readonly Segment[], { id, taskId }: RecordingRecord): boolean {
  return segments.some((segment) => isOfRecording(segment, id) || (isLearnerText(segment) && segment.taskId === taskId))
}

/** Null when the audio is gone. No transaction is open meanwhile. */
async function transcribe(deps: Deps, recording: RecordingRecord): Promise<Outcome | null> {
  const startedAtMs = deps.clock().getTime()
  const { storageKey } = recording
  const file = storageKey === null ? null : await asStorageError(() => deps.blobs.read(storageKey))
  if (!file) return null
  const { left } = await deps.decoder.decode(file)
  const transcription = await deps.transcriber.transcribe(left, AbortSignal.timeout(patienceMs))
  const speech = findSpeech(toEnvelope(left, decodedSampleRate, 0), [])
  return {
    transcription,
    inputs: toRecognisedSegments(transcription.passages, speech, recording),
    audioSeconds: left.length / decodedSampleRate,
    processingMs: deps.clock().getTime() - startedAtMs,
  }
}

/** False where it was deleted or done meanwhile. */
async function write(deps: Deps, tx: Tx, { session, recording }: Material, outcome: Outcome): Promise<boolean> {
  const transcript = await lockTranscript(tx, session.id)
  const known = transcript && (await listSegments(tx, session.id))
  if (!known || isKnown(known, recording)) return false
  const { inputs, transcription } = outcome
  const now = deps.clock()
  const owner = { sessionId: session.id, userId: session.userId }
  if (inputs.length > 0) {
    const revision = transcript.revision + 1
    await upsertSegments(tx, owner, {
      segments: mergeSegments(known, inputs).changed.map((segment) => ({ ...segment, revision })),
      revision,
      pendingSegments: transcript.pendingSegments,
      segmentCount: transcript.segmentCount + inputs.length,
      now,
    })
    await updateTranscriptSource(tx, session.id, transcription)
  }
  await updateChangeNumber(tx, session.id, now)
  await updateTranscriptionStatus(tx, recording.id, 'DONE', now)
  if (canBeJudged({ mode: session.mode, status: transcript.status })) await queueEvaluation(deps, tx, session.id)
  const words = transcription.passages.reduce((sum, { text }) => sum + text.split(' ').length, 0)
  const { audioSeconds, processingMs } = outcome
  await note(deps, tx, { session, recording }, { segments: inputs.length, words, audioSeconds, processingMs })
  return true
}

/** The judgement of a drill's answer, which waits for its words, goes on without them. */
async function stopWaiting(deps: Deps, material: Material, status: 'NONE' | 'FAILED'): Promise<void> {
  const { session, recording } = material
  if (recording.transcriptionStatus !== 'DUE') return
  await deps.db.asViewer(session.userId, async (tx) => {
    if (await lockSession(tx, session.id)) await settle(deps, tx, material, status)
  })
  deps.bus.ring({ topic: 'session', key: session.id })
}

async function settle(
  deps: Deps,
  tx: Tx,
  { session, recording }: Material,
  status: TranscriptionStatus,
): Promise<void> {
  await updateTranscriptionStatus(tx, recording.id, status, deps.clock())
  // Only an answer that was submitted is due.
  if (recording.transcriptionStatus === 'DUE') await queueEvaluation(deps, tx, session.id)
}

async function noteFailure(deps: Deps, tx: Tx, material: Material, code: string): Promise<void> {
  deps.log.warn({ recordingId: material.recording.id, code }, 'a recording could not be transcribed')
  if (!(await lockSession(tx, material.session.id))) return
  await updateChangeNumber(tx, material.session.id, deps.clock())
  await settle(deps, tx, material, 'FAILED')
  await note(deps, tx, material, { code })
}

async function note(
  deps: Deps,
  tx: Tx,
  { session, recording: { part } }: Material,
  detail: Record<string, unknown>,
): Promise<void> {
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId: session.id,
    userId: session.userId,
    type: 'transcribe',
    detail: { part, ...detail },
    at: deps.clock(),
  })
}

function toFault(error: unknown): { code: string; isRetryable: boolean } {
  if (error instanceof TranscriptionError) return error
  if (error instanceof UndecodableRecordingError)
    return { code: error.reason.toUpperCase().replaceAll('-', '_'), isRetryable: false }
  if (error instanceof DomainError) return { code: error.code, isRetryable: true }
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { code: 'TRANSCRIBER_UNAVAILABLE', isRetryable: true }
  return { code: 'INTERNAL', isRetryable: true }
}
