import type { Tx } from '../../db/client.ts'
import { findRecording, type RecordingRecord } from '../../db/queries/recording.ts'
import { updateTranscription } from '../../db/queries/recording-transcription.ts'
import { lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listSegments, lockTranscript, updateTranscriptSource, upsertSegments } from '../../db/queries/transcript.ts'
import { decodedSampleRate } from '../audio/recording-decoder.ts'
import { toEnvelope } from '../audio/sound-envelope.ts'
import type { EventId, RecordingId } from '../domain/ids.ts'
import { isLearnerText } from '../domain/learner-text.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { findSpeech } from '../domain/speech-metrics/envelope-speech.ts'
import { mergeSegments, type Segment, type SegmentInput } from '../domain/transcript.ts'
import type { TranscriptionStatus } from '../domain/transcription-status.ts'
import { isOfRecording, toRecognisedSegments } from '../transcription/recognised-segments.ts'
import type { Transcription } from '../transcription/transcriber.ts'
import { asStorageError } from './as-storage-error.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'
import { RecordingGoneError, toTranscriptionFault, type TranscriptionFault } from './transcription-failure.ts'

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
 * learner has told already what they said. The recording says all along where it stands.
 *
 * What cannot be transcribed is FAILED, with a sentence for the learner; the audio stays as it is. What may come right by
 * itself is thrown, to be tried again, and FAILED once `isLastTry`.
 */
export async function transcribeRecording(
  deps: Deps,
  recordingId: RecordingId,
  { isLastTry }: { isLastTry: boolean },
): Promise<void> {
  const canTranscribe = await deps.transcriber.isAvailable()
  const begun = await deps.db.withSystem('transcribe recording', (tx) => begin(deps, tx, recordingId, canTranscribe))
  if (!begun) return
  const { session } = begun.material
  ring(deps, session)
  if (begun.status !== 'PROCESSING') return
  const { material } = begun
  try {
    const outcome = await transcribe(deps, material.recording)
    const isWritten = await deps.db.asViewer(session.userId, (tx) => write(deps, tx, material, outcome))
    if (isWritten) deps.bus.ring({ topic: 'transcript', key: session.id })
  } catch (error) {
    const fault = toTranscriptionFault(error)
    const isOver = !fault.isPassing || isLastTry
    await deps.db.asViewer(session.userId, (tx) =>
      isOver ? fail(deps, tx, material, fault) : wait(deps, tx, material),
    )
    if (fault.isPassing) throw error
  } finally {
    ring(deps, session)
  }
}

interface Begun {
  material: Material
  status: TranscriptionStatus
}

/** Null where there is nothing to do: a partner heard the learner, nothing is stored, or it was done before. */
async function begin(deps: Deps, tx: Tx, recordingId: RecordingId, canTranscribe: boolean): Promise<Begun | null> {
  const found = await findRecording(tx, recordingId)
  const session = found && (await lockSession(tx, found.sessionId))
  // Read again, now that nobody else can change it.
  const recording = session && (await findRecording(tx, recordingId))
  if (!recording || session.mode === 'CONVERSATION' || recording.storageKey === null) return null
  const segments = await listSegments(tx, session.id)
  const status = isKnown(segments, recording) ? 'COMPLETED' : canTranscribe ? 'PROCESSING' : 'NONE'
  if (status === 'NONE' && recording.transcriptionStatus === 'NONE') return null
  const now = deps.clock()
  if (!(await updateTranscription(tx, recordingId, { status, now }))) return null
  await updateChangeNumber(tx, session.id, now)
  if (status === 'NONE') await judgeWithout(deps, tx, session)
  return { material: { session, recording }, status }
}

function isKnown(segments: readonly Segment[], { id, taskId }: RecordingRecord): boolean {
  return segments.some((segment) => isOfRecording(segment, id) || (isLearnerText(segment) && segment.taskId === taskId))
}

/** No transaction is open meanwhile. */
async function transcribe(deps: Deps, recording: RecordingRecord): Promise<Outcome> {
  const startedAtMs = deps.clock().getTime()
  const { storageKey, prunedAt } = recording
  const file = storageKey === null || prunedAt ? null : await asStorageError(() => deps.blobs.read(storageKey))
  if (!file) throw new RecordingGoneError()
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
  await updateTranscription(tx, recording.id, { status: 'COMPLETED', now })
  await updateChangeNumber(tx, session.id, now)
  if (canBeJudged({ mode: session.mode, status: transcript.status })) await queueEvaluation(deps, tx, session.id)
  const words = transcription.passages.reduce((sum, { text }) => sum + text.split(' ').length, 0)
  const { audioSeconds, processingMs } = outcome
  await note(deps, tx, { session, recording }, { segments: inputs.length, words, audioSeconds, processingMs })
  return true
}

async function fail(deps: Deps, tx: Tx, material: Material, fault: TranscriptionFault): Promise<void> {
  const { session, recording } = material
  const { code, message, retryable } = fault
  deps.log.warn({ recordingId: recording.id, code }, 'a recording could not be transcribed')
  if (!(await lockSession(tx, session.id))) return
  const now = deps.clock()
  const failure = { code, message, retryable, at: now.toISOString() }
  if (!(await updateTranscription(tx, recording.id, { status: 'FAILED', failure, now }))) return
  await updateChangeNumber(tx, session.id, now)
  await judgeWithout(deps, tx, session)
  await note(deps, tx, material, { code })
}

/** The judgement of a drill's answer waits for its words: now it goes on, and says why there are none. */
async function judgeWithout(deps: Deps, tx: Tx, { id, mode }: SessionRecord): Promise<void> {
  if (mode === 'DRILL') await queueEvaluation(deps, tx, id)
}

/** It will be tried again. */
async function wait(deps: Deps, tx: Tx, { session, recording }: Material): Promise<void> {
  if (!(await lockSession(tx, session.id))) return
  const now = deps.clock()
  if (await updateTranscription(tx, recording.id, { status: 'PENDING', now }))
    await updateChangeNumber(tx, session.id, now)
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

function ring({ bus }: Pick<Deps, 'bus'>, { id, userId }: SessionRecord): void {
  bus.ring({ topic: 'session', key: id }, { topic: 'history', key: userId, sessionId: id })
}
