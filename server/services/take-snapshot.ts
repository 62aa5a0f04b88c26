import type { DataExportRecord } from '../../db/queries/data-export.ts'
import { type JudgementRecord, listEvaluations } from '../../db/queries/evaluation.ts'
import { findDrillResponse } from '../../db/queries/drill-response.ts'
import { listRecordings, type RecordingRecord } from '../../db/queries/recording.ts'
import { findSession, listSessionIds } from '../../db/queries/session.ts'
import { listSessionEvents, type SessionEventRecord } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listTestTasks } from '../../db/queries/speaking-test.ts'
import { listSegments } from '../../db/queries/transcript.ts'
import { findUser } from '../../db/queries/user.ts'
import type { Tx } from '../../db/client.ts'
import type { SessionId } from '../domain/ids.ts'
import type { ListedSession } from '../domain/session-export/export-pages.ts'
import {
  type ExportedSegment,
  type ExportedSession,
  toFileEnding,
  toFolderName,
} from '../domain/session-export/exported-session.ts'
import { openSpoolFile } from '../storage/spool-file.ts'
import type { ServiceDeps } from './service-deps.ts'

/** All that is exported of a session, and where its sound lies. */
export interface SnapshotSession {
  folder: string
  session: ExportedSession
  segments: ExportedSegment[]
  evaluations: Record<string, unknown>[]
  events: Record<string, unknown>[]
  /** By file; those that are to be had. */
  sounds: { file: string; storageKey: string }[]
}

/** What a user had at one moment. To be closed. */
export interface Snapshot {
  /** RFC 3339. */
  takenAt: string
  account: { email: string; name: string | null; createdAt: string; preferences: Record<string, unknown> }
  /** Whether it is all that there is, and not just one session. */
  isWhole: boolean
  sessions: ListedSession[]
  read(): AsyncIterable<SnapshotSession>
  close(): Promise<void>
}

/** Reads all of it in one transaction, and puts it aside: making the zip takes its time, and no transaction waits for that. */
export async function takeSnapshot(
  deps: Pick<ServiceDeps, 'db' | 'clock'>,
  wanted: Pick<DataExportRecord, 'userId' | 'sessionId' | 'createdAt'>,
): Promise<Snapshot> {
  const spool = await openSpoolFile<SnapshotSession>()
  try {
    const sessions: ListedSession[] = []
    const account = await deps.db.inSnapshotAsViewer(wanted.userId, async (tx) => {
      for (const id of await listSessionIds(tx, { ...wanted, startedBy: wanted.createdAt })) {
        const read = await readSession(tx, id)
        const { title, mode, level, startedAt, durationSeconds } = read.session
        sessions.push({ folder: read.folder, title, mode, level, startedAt, durationSeconds })
        await spool.append(read)
      }
      return readAccount(tx, wanted)
    })
    const takenAt = deps.clock().toISOString()
    const isWhole = wanted.sessionId === null
    return { takenAt, account, isWhole, sessions, read: () => spool.values(), close: () => spool.close() }
  } catch (error) {
    await spool.close()
    throw error
  }
}

async function readAccount(tx: Tx, { userId }: Pick<DataExportRecord, 'userId'>): Promise<Snapshot['account']> {
  const user = await findUser(tx, userId)
  if (!user) throw new Error('the account is gone')
  const { email, name, createdAt, endOfTurnPauseMs, partnerSpeed, voice, level, captions, timeZone } = user
  const preferences = { endOfTurnPauseMs, partnerSpeed, voice, level, captions, timeZone }
  return { email, name, createdAt: createdAt.toISOString(), preferences }
}

async function readSession(tx: Tx, id: SessionId): Promise<SnapshotSession> {
  const record = await findSession(tx, id)
  if (!record) throw new Error('a session of this snapshot is in it')
  const recordings = (await listRecordings(tx, id)).map((recording) => ({ recording, ...toFile(recording) }))
  const session = toExported(record, recordings)
  session.tasks = (await listTestTasks(tx, id)).map((task) => {
    const { id: taskId, index, kind, prompt, status } = task
    return { id: taskId, index, kind, prompt, status }
  })
  const answer = await findDrillResponse(tx, id)
  session.answer = answer && {
    text: answer.content,
    recordingPart: recordings.find(({ recording }) => recording.id === answer.recordingId)?.recording.part ?? null,
    submittedAt: answer.createdAt.toISOString(),
  }
  const segments = (await listSegments(tx, id)).map((segment): ExportedSegment => {
    const { sequence, speaker, text, startMs, endMs, final, interrupted, source, itemId, taskId } = segment
    return { sequence, speaker, text, startMs, endMs, final, interrupted, source, itemId, taskId: taskId ?? null }
  })
  return {
    folder: toFolderName(session),
    session,
    segments,
    evaluations: (await listEvaluations(tx, id)).map(toEvaluation),
    events: await readEvents(tx, id),
    sounds: recordings.flatMap(({ file, recording: { storageKey } }) =>
      file === null || storageKey === null ? [] : [{ file, storageKey }],
    ),
  }
}

function toFile({ part, mimeType, storageKey, prunedAt, missingAt }: RecordingRecord) {
  if (storageKey === null) return { file: null, missing: 'it was never uploaded.' }
  if (prunedAt) return { file: null, missing: `it was deleted for its age on ${prunedAt.toISOString().slice(0, 10)}.` }
  if (missingAt) return { file: null, missing: 'the store has lost it.' }
  return { file: `recording-${part}.${toFileEnding(mimeType)}`, missing: null }
}

type ToldRecording = { recording: RecordingRecord } & ReturnType<typeof toFile>

function toExported(record: SessionRecord, recordings: readonly ToldRecording[]): ExportedSession {
  const { id, mode, status, title, level, durationSeconds, endReason, topic, publication, transcript } = record
  const { revision, finalizedAt, language, provider, model } = transcript
  return {
    id,
    mode,
    status,
    title,
    level,
    startedAt: record.startedAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
    durationSeconds,
    endReason,
    topic: topic && { title: topic.title, difficulty: topic.difficulty },
    tasks: [],
    answer: null,
    publication: publication && { ...publication, publishedAt: publication.publishedAt.toISOString() },
    transcript: { revision, finalized: finalizedAt !== null, language, provider, model },
    recordings: recordings.map(({ recording, file, missing }) => ({
      part: recording.part,
      file,
      missing,
      startMs: recording.startMs,
      durationSeconds: recording.measuredSeconds ?? recording.durationSeconds,
      mimeType: recording.mimeType,
      sizeBytes: recording.sizeBytes,
      sha256: recording.sha256,
      quality: recording.quality,
      taskId: recording.taskId,
    })),
  }
}

function toEvaluation({ scorer, createdAt, processingMs, metrics, result }: JudgementRecord): Record<string, unknown> {
  return { scorer, createdAt: createdAt.toISOString(), processingMs, metrics, result }
}

const eventsAtOnce = 1_000

async function readEvents(tx: Tx, sessionId: SessionId): Promise<Record<string, unknown>[]> {
  const events: SessionEventRecord[] = []
  for (;;) {
    const last = events.at(-1)
    const after = last ? { at: last.at, id: last.id } : null
    const page = await listSessionEvents(tx, { sessionId, after, limit: eventsAtOnce })
    events.push(...page)
    if (page.length < eventsAtOnce)
      return events.map(({ type, at, detail }) => ({ type, at: at.toISOString(), detail }))
  }
}
