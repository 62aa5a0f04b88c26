/** All that one judgement of a session rests on, and by what it is told apart from another. */
import { createHash } from 'node:crypto'
import type { Tx } from '../../db/client.ts'
import { findQuestionToJudge, type QuestionToJudge } from '../../db/queries/drill.ts'
import { type DrillResponseRecord, findDrillResponse } from '../../db/queries/drill-response.ts'
import { listRecordings, type RecordingRecord } from '../../db/queries/recording.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listTestTasks, type TestTaskRecord } from '../../db/queries/speaking-test.ts'
import { listSegments } from '../../db/queries/transcript.ts'
import type { Segment } from '../domain/transcript.ts'

export interface Material {
  session: SessionRecord
  segments: Segment[]
  /** Announced and stored ones; of a drill the one that was submitted. */
  recordings: RecordingRecord[]
  /** Of a speaking test. */
  tasks: TestTaskRecord[]
  drill: DrillMaterial | null
}

export interface DrillMaterial {
  response: DrillResponseRecord
  question: QuestionToJudge
}

/** A judgement waits this long after the end for a recording that was announced; when it comes later, another is made. */
const soundPatienceMs = 60_000
/** The judgement of a recorded answer waits this long for its words: the transcriber's own patience, and its tries. */
const wordsPatienceMs = 20 * 60_000

/** All that there is of a session that has ended. */
export async function readMaterial(tx: Tx, session: SessionRecord): Promise<Material> {
  const { id } = session
  const [segments, recordings] = [await listSegments(tx, id), await listRecordings(tx, id)]
  if (session.mode !== 'DRILL')
    return { session, segments, recordings, tasks: await listTestTasks(tx, id), drill: null }
  const [response, question] = [await findDrillResponse(tx, id), await findQuestionToJudge(tx, id)]
  if (!response || !question) throw new Error('a drill that is judged has a question and an answer')
  const submitted = recordings.filter((recording) => recording.id === response.recordingId)
  return { session, segments, recordings: submitted, tasks: [], drill: { response, question } }
}

/** What is judged without what is on its way would be judged again in a moment. */
export function isAwaited({ session, segments, recordings, drill }: Material, now: Date): boolean {
  const isEndRecent = now.getTime() - (session.endedAt?.getTime() ?? 0) <= soundPatienceMs
  const isUnmeasured = ({ measuredAt, measureFailure }: RecordingRecord): boolean =>
    measuredAt === null && measureFailure === null
  if (isEndRecent && recordings.some(isUnmeasured)) return true
  return drill !== null && segments.length === 0 && recordings.some((recording) => isBeingWrittenDown(recording, now))
}

function isBeingWrittenDown(recording: RecordingRecord, now: Date): boolean {
  const { transcriptionStatus: status, transcriptionChangedAt: changedAt } = recording
  const isUnderWay = status === 'PENDING' || status === 'PROCESSING'
  return isUnderWay && now.getTime() - (changedAt?.getTime() ?? 0) <= wordsPatienceMs
}

/** The same for the same input: who judges, what was said, what was measured of the sound, and at whose wish. SHA-256, hex. */
export function toInputKey(scorer: string, { session, segments, recordings }: Material): string {
  const input = {
    scorer,
    requests: session.evaluationRequests,
    revision: Math.max(0, ...segments.map(({ revision }) => revision)),
    recordings: recordings.map(({ id, sha256, measuredAt }) => [id, sha256, measuredAt !== null]),
  }
  return createHash('sha256').update(JSON.stringify(input)).digest('hex')
}
