import { createHash } from 'node:crypto'
import { findEvaluationOf, insertEvaluation, updateEvaluationState } from '../../db/queries/evaluation.ts'
import { insertJob } from '../../db/queries/job.ts'
import { listRecordings, type RecordingRecord } from '../../db/queries/recording.ts'
import { lockSession } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listTestTasks, type TestTaskRecord } from '../../db/queries/speaking-test.ts'
import { listSegments } from '../../db/queries/transcript.ts'
import type { Tx } from '../../db/client.ts'
import type { EvaluationId, EventId, SessionId } from '../domain/ids.ts'
import { measureSpeech } from '../domain/speech-metrics/measure-speech.ts'
import type { SpeechMetrics } from '../domain/speech-metrics/speech-metrics.ts'
import type { Segment } from '../domain/transcript.ts'
import { UnscorableError } from '../evaluation/evaluator.ts'
import { evaluateSessionJob } from '../jobs/definitions.ts'
import { type SpeakingResult } from '../domain/speaking-result.ts'
import { readEnvelopes } from './read-envelopes.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'evaluator' | 'log'>

/** No scorer may take longer, its own retries included. */
const patienceMs = 120_000
/** A judgement waits this long after the end for a recording that was announced; when it comes later, another is made. */
const soundPatienceMs = 60_000
/** Whoever finishes measuring queues it at once; this is for when nobody does. */
const lookAgainMs = 10_000
const tooLate =
  'The service that gives feedback took too long to answer. Your recording and transcript are safe. Ask for feedback again later.'

/** All that one judgement rests on. */
interface Material {
  session: SessionRecord
  segments: Segment[]
  recordings: RecordingRecord[]
  /** Of a speaking test. */
  tasks: TestTaskRecord[]
  inputKey: string
}

interface Judgement {
  metrics: SpeechMetrics
  taskMetrics: Record<string, SpeechMetrics>
  result: SpeakingResult
  processingMs: number
}

/**
 * Measures and judges a session that has ended. What has been judged already is not judged again, so it may be run any
 * number of times, and killed at any point. What was captured is only read.
 *
 * What no scorer can judge is written down as FAILED, with a sentence for the learner. What may come right by itself is
 * thrown, to be tried again, until `isLastTry`.
 */
export async function evaluateSession(
  deps: Deps,
  sessionId: SessionId,
  { isLastTry }: { isLastTry: boolean },
): Promise<void> {
  const begun = await deps.db.withSystem('evaluate session', (tx) => begin(deps, tx, sessionId))
  if (!begun) return
  ring(deps, begun.session)
  if (begun.isJudged) return
  const { material } = begun
  try {
    const judgement = await judge(deps, material)
    await deps.db.withSystem('evaluate session', (tx) => complete(deps, tx, material, judgement))
  } catch (error) {
    const isHopeless = error instanceof UnscorableError && !error.isRetryable
    await deps.db.withSystem('evaluate session', (tx) =>
      isHopeless || isLastTry ? fail(deps, tx, material, error) : wait(deps, tx, material),
    )
    if (!isHopeless) throw error
  } finally {
    ring(deps, material.session)
  }
}

type Begun = { session: SessionRecord } & ({ isJudged: true } | { isJudged: false; material: Material })

/** Null where there is nothing to do, or not yet. */
async function begin(deps: Deps, tx: Tx, sessionId: SessionId): Promise<Begun | null> {
  const session = await lockSession(tx, sessionId)
  if (!session || session.status === 'ACTIVE' || session.status === 'FAILED') return null
  const segments = await listSegments(tx, sessionId)
  const announced = await listRecordings(tx, sessionId)
  if (awaitsSound(deps, session, announced)) {
    await insertJob(tx, evaluateSessionJob(sessionId, new Date(deps.clock().getTime() + lookAgainMs)))
    return null
  }
  const recordings = announced.filter(({ storageKey }) => storageKey !== null)
  const material = { session, segments, recordings, tasks: await listTestTasks(tx, sessionId), inputKey: '' }
  material.inputKey = toInputKey(deps.evaluator.scorer, material)
  const now = deps.clock()
  const known = await findEvaluationOf(tx, sessionId, material.inputKey)
  if (known) {
    await updateEvaluationState(tx, sessionId, { status: 'COMPLETED', evaluationId: known, now })
    return { session, isJudged: true }
  }
  await updateEvaluationState(tx, sessionId, { status: 'PROCESSING', now })
  return { session, isJudged: false, material }
}

/** Its recording is on its way, or is being measured: what is judged without it would be judged again in a moment. */
function awaitsSound(deps: Deps, { endedAt }: SessionRecord, recordings: readonly RecordingRecord[]): boolean {
  if (deps.clock().getTime() - (endedAt?.getTime() ?? 0) > soundPatienceMs) return false
  return recordings.some(({ measuredAt, measureFailure }) => measuredAt === null && measureFailure === null)
}

/** The same for the same input: who judges, what was said, what was measured of the sound, and at whose wish. */
function toInputKey(scorer: string, { session, segments, recordings }: Material): string {
  const input = {
    scorer,
    requests: session.evaluationRequests,
    revision: Math.max(0, ...segments.map(({ revision }) => revision)),
    recordings: recordings.map(({ id, sha256, measuredAt }) => [id, sha256, measuredAt !== null]),
  }
  return createHash('sha256').update(JSON.stringify(input)).digest('hex')
}

async function judge(deps: Deps, { session, segments, recordings, tasks }: Material): Promise<Judgement> {
  const startedAtMs = deps.clock().getTime()
  const kind = session.mode === 'CONVERSATION' ? 'CONVERSATION' : 'MONOLOGUE'
  const envelopes = await readEnvelopes(deps, recordings)
  const metrics = measureSpeech({ segments, envelopes, kind })
  const taskMetrics: Record<string, SpeechMetrics> = {}
  for (const { id } of tasks) {
    const answer = recordings.find(({ taskId }) => taskId === id)
    if (!answer) continue
    taskMetrics[id] = measureSpeech({
      segments: segments.filter(({ taskId }) => taskId === id),
      envelopes: envelopes.filter(({ recordingId }) => recordingId === answer.id),
      kind,
    })
  }
  const { title, level } = session
  const signal = AbortSignal.timeout(patienceMs)
  const result = await deps.evaluator
    .evaluate({ segments, metrics, kind, title, level, tasks }, signal)
    .catch((error: unknown) => {
      throw signal.aborted ? new UnscorableError('SCORER_UNAVAILABLE', tooLate, true) : error
    })
  return { metrics, taskMetrics, result, processingMs: deps.clock().getTime() - startedAtMs }
}

async function complete(deps: Deps, tx: Tx, material: Material, judgement: Judgement): Promise<void> {
  const { session, inputKey } = material
  const current = await lockSession(tx, session.id)
  // Deleted meanwhile, or done by another who took this one for dead.
  if (!current || (await findEvaluationOf(tx, session.id, inputKey))) return
  const id = deps.makeId<EvaluationId>()
  const now = deps.clock()
  const { metrics, taskMetrics, result, processingMs } = judgement
  const { scorer } = result
  const owner = { sessionId: session.id, userId: session.userId }
  await insertEvaluation(tx, {
    id,
    ...owner,
    scorer,
    inputKey,
    metrics,
    taskMetrics,
    result,
    processingMs,
    createdAt: now,
  })
  const isDueAgain = current.evaluationRound !== session.evaluationRound
  await updateEvaluationState(tx, session.id, {
    status: isDueAgain ? 'PENDING' : 'COMPLETED',
    evaluationId: id,
    now,
  })
  await log(deps, tx, session, { scorer, processingMs, level: result.overallLevel })
}

async function fail(deps: Deps, tx: Tx, { session }: Material, error: unknown): Promise<void> {
  const current = await lockSession(tx, session.id)
  if (!current) return
  const isExpected = error instanceof UnscorableError
  const code = isExpected ? error.code : 'INTERNAL'
  const now = deps.clock()
  const failure = {
    code,
    message: isExpected
      ? error.message
      : 'Something went wrong while your feedback was made. Your recording and transcript are safe. Ask for feedback again later.',
    retryable: isExpected ? error.isRetryable : true,
    at: now.toISOString(),
  }
  const isDueAgain = current.evaluationRound !== session.evaluationRound
  await updateEvaluationState(
    tx,
    session.id,
    isDueAgain ? { status: 'PENDING', now } : { status: 'FAILED', failure, now },
  )
  await log(deps, tx, session, { code })
}

/** It will be tried again. */
async function wait(deps: Deps, tx: Tx, { session }: Material): Promise<void> {
  if (await lockSession(tx, session.id))
    await updateEvaluationState(tx, session.id, { status: 'PENDING', now: deps.clock() })
}

async function log(deps: Deps, tx: Tx, session: SessionRecord, detail: Record<string, unknown>): Promise<void> {
  const owner = { sessionId: session.id, userId: session.userId }
  await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'evaluate', detail, at: deps.clock() })
}

function ring(deps: Pick<Deps, 'bus'>, session: SessionRecord): void {
  deps.bus.ring({ topic: 'session', key: session.id }, { topic: 'history', key: session.userId, sessionId: session.id })
}
