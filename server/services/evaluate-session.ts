import { findEvaluationOf, insertEvaluation, updateEvaluationState } from '../../db/queries/evaluation.ts'
import { insertJob } from '../../db/queries/job.ts'
import { lockSession } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Tx } from '../../db/client.ts'
import type { EvaluationId, EventId, SessionId } from '../domain/ids.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { UnscorableError } from '../evaluation/evaluator.ts'
import { evaluateSessionJob } from '../jobs/definitions.ts'
import { isAwaited, type Material, readMaterial, toInputKey } from './evaluation-material.ts'
import { type DrillJudgement, judgeDrill } from './judge-drill.ts'
import { judgeSpeech, type SpeechJudgement } from './judge-speech.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<
  ServiceDeps,
  'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'evaluator' | 'drillEvaluator' | 'transcriber' | 'log'
>

/** No scorer may take longer, its own retries included. */
const patienceMs = 120_000
/** Whoever finishes measuring, or writing down, queues it at once; this is for when nobody does. */
const lookAgainMs = 10_000
const tooLate =
  'The service that gives feedback took too long to answer. Nothing is lost: ask for feedback again later.'

type Judgement = (SpeechJudgement | DrillJudgement) & { processingMs: number }
type DueMaterial = Material & { inputKey: string }

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

type Begun = { session: SessionRecord } & ({ isJudged: true } | { isJudged: false; material: DueMaterial })

/** Null where there is nothing to do, or not yet. */
async function begin(deps: Deps, tx: Tx, sessionId: SessionId): Promise<Begun | null> {
  const session = await lockSession(tx, sessionId)
  if (!session || !canBeJudged(session)) return null
  const all = await readMaterial(tx, session)
  const now = deps.clock()
  if (isAwaited(all, now)) {
    await insertJob(tx, evaluateSessionJob(sessionId, new Date(now.getTime() + lookAgainMs)))
    return null
  }
  const stored = { ...all, recordings: all.recordings.filter(({ storageKey }) => storageKey !== null) }
  const { scorer } = session.mode === 'DRILL' ? deps.drillEvaluator : deps.evaluator
  const material = { ...stored, inputKey: toInputKey(scorer, stored) }
  const known = await findEvaluationOf(tx, sessionId, material.inputKey)
  if (known) {
    await updateEvaluationState(tx, sessionId, { status: 'COMPLETED', evaluationId: known, now })
    return { session, isJudged: true }
  }
  await updateEvaluationState(tx, sessionId, { status: 'PROCESSING', now })
  return { session, isJudged: false, material }
}

async function judge(deps: Deps, material: Material): Promise<Judgement> {
  const startedAtMs = deps.clock().getTime()
  const signal = AbortSignal.timeout(patienceMs)
  const { drill } = material
  const judgement = await (
    drill ? judgeDrill(deps, material, drill, signal) : judgeSpeech(deps, material, signal)
  ).catch((error: unknown) => {
    throw signal.aborted ? new UnscorableError('SCORER_UNAVAILABLE', tooLate, true) : error
  })
  return { ...judgement, processingMs: deps.clock().getTime() - startedAtMs }
}

async function complete(deps: Deps, tx: Tx, material: DueMaterial, judgement: Judgement): Promise<void> {
  const { session, inputKey } = material
  const current = await lockSession(tx, session.id)
  // Deleted meanwhile, or done by another who took this one for dead.
  if (!current || (await findEvaluationOf(tx, session.id, inputKey))) return
  const id = deps.makeId<EvaluationId>()
  const now = deps.clock()
  const { scorer } = judgement.result
  const owner = { sessionId: session.id, userId: session.userId }
  await insertEvaluation(tx, { id, ...owner, scorer, inputKey, ...judgement, createdAt: now })
  const isDueAgain = current.evaluationRound !== session.evaluationRound
  await updateEvaluationState(tx, session.id, {
    status: isDueAgain ? 'PENDING' : 'COMPLETED',
    evaluationId: id,
    now,
  })
  await log(deps, tx, session, { scorer, processingMs: judgement.processingMs, ...toVerdict(judgement) })
}

function toVerdict({ kind, result }: Judgement): Record<string, unknown> {
  return kind === 'DRILL' ? { score: result.overallScore } : { level: result.overallLevel }
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
      : 'Something went wrong while your feedback was made. Nothing is lost: ask for feedback again later.',
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
