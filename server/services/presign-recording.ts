import { z } from 'zod'
import {
  insertRecording,
  lockRecordingPart,
  type NewRecording,
  type RecordingRecord,
  updateAnnouncedRecording,
} from '../../db/queries/recording.ts'
import { lockSession } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listTestTasks } from '../../db/queries/speaking-test.ts'
import type { Tx } from '../../db/client.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../domain/errors.ts'
import type { EventId, RecordingId, SessionId } from '../domain/ids.ts'
import { lateAcceptanceMs, recordingSlackSeconds, taskSlackSeconds } from '../domain/session-state.ts'
import type { PresignedPut } from '../storage/blob-store.ts'
import { asStorageError } from './as-storage-error.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

const maxBytes = 64 * 1024 * 1024
const uploadSeconds = 15 * 60

/** What browsers' MediaRecorders write: Opus in WebM or Ogg, AAC or Opus in MP4. */
const mimeTypePattern = /^audio\/(webm|ogg|mp4)(;\s*codecs="?[\w.]+"?)?$/i

const inputSchema = z.object({
  mimeType: z.string().max(100).regex(mimeTypePattern, 'Send audio/webm, audio/ogg or audio/mp4.'),
  sizeBytes: z.int().min(1, 'The recording is empty.').max(maxBytes, 'A recording has at most 64 MiB.'),
  durationSeconds: z.number().positive('The recording has no duration.'),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 sum in hex.'),
  startMs: z.int().min(0, 'Times start at 0.').max(86_400_000, 'A session is shorter than a day.'),
  part: z.int().min(1, 'Parts are counted from 1.').max(100, 'A recording has at most 100 parts.'),
  taskId: z.string().nullable(),
})

type Input = z.output<typeof inputSchema>

/**
 * Announces a recording and gives an address that takes exactly it. Safe to send again; a part that is not verified yet may be announced anew.
 * Throws InvalidInputError, NotFoundError, ConflictError (this part is verified, with other content; or too late), StorageError.
 */
export async function presignRecording(
  deps: Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'blobs'>,
  viewer: Viewer,
  sessionId: SessionId,
  input: unknown,
): Promise<{ recording: RecordingRecord; upload: PresignedPut }> {
  const announced = parseInput(inputSchema, input)
  const now = deps.clock()
  const recording = await deps.db.asViewer(viewer.id, async (tx) => {
    // Held, so that a part that is announced twice at once is one part.
    const session = await lockSession(tx, sessionId)
    if (!session) throw new NotFoundError('There is no such session.')
    const place = await findPlace(tx, session, announced)
    assertFits(announced, session.capSeconds)
    if (session.endedAt && now.getTime() - session.endedAt.getTime() > lateAcceptanceMs) {
      throw new ConflictError('This session ended more than 30 days ago. It takes no recording any more.')
    }
    const current = await lockRecordingPart(tx, sessionId, place.part)
    if (current?.uploadedAt) return requireSame(current, announced)
    if (session.mode === 'DRILL' && session.status !== 'ACTIVE')
      throw new ConflictError('This drill has ended. It takes no other recording any more.')
    const id = current?.id ?? deps.makeId<RecordingId>()
    const incomingKey = `incoming/${sessionId}/${id}-${announced.sha256.slice(0, 16)}`
    const row: NewRecording = { id, sessionId, userId: viewer.id, ...announced, ...place, incomingKey, now }
    if (current) return updateAnnouncedRecording(tx, id, row)
    const detail = { part: place.part, sizeBytes: announced.sizeBytes, durationSeconds: announced.durationSeconds }
    const owner = { sessionId, userId: viewer.id }
    await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'recording_announced', detail, at: now })
    return insertRecording(tx, row)
  })
  const { mimeType, sizeBytes, sha256 } = recording
  const upload = await asStorageError(() =>
    deps.blobs.presignPut({
      key: recording.incomingKey,
      mimeType,
      sizeBytes,
      sha256Hex: sha256,
      expiresInSeconds: uploadSeconds,
    }),
  )
  return { recording, upload }
}

type Place = Pick<NewRecording, 'part' | 'startMs' | 'taskId'>

/**
 * Where it belongs. The answers of a test have one part each, and follow one another by the time that each task gives: so
 * they never overlap, however many days lie between them.
 */
async function findPlace(tx: Tx, session: SessionRecord, { part, startMs, taskId }: Input): Promise<Place> {
  if (session.mode !== 'SPEAKING_TEST') {
    const isDrill = session.mode === 'DRILL'
    // A drill has one answer: each part of it is another try, from its beginning.
    if (taskId === null) return { part, startMs: isDrill ? 0 : startMs, taskId: null }
    const message = isDrill ? 'A drill has no tasks.' : 'A conversation has no tasks.'
    throw new InvalidInputError([{ path: ['taskId'], message }])
  }
  if (taskId === null)
    throw new InvalidInputError([{ path: ['taskId'], message: 'Name the task of this test that it answers.' }])
  const tasks = await listTestTasks(tx, session.id)
  const task = tasks.find(({ id }) => id === taskId)
  if (!task) throw new NotFoundError('There is no such task in this test.')
  const before = tasks.filter(({ index }) => index < task.index)
  const offsetSeconds = before.reduce((sum, { speakSeconds }) => sum + speakSeconds + taskSlackSeconds, 0)
  return { part: task.index, startMs: offsetSeconds * 1_000, taskId: task.id }
}

function assertFits(announced: Input, capSeconds: number): void {
  const maxSeconds = capSeconds + recordingSlackSeconds
  if (announced.durationSeconds <= maxSeconds) return
  throw new InvalidInputError([
    { path: ['durationSeconds'], message: `A recording of this session lasts at most ${maxSeconds} s.` },
  ])
}

function requireSame(current: RecordingRecord, announced: Input): RecordingRecord {
  if (current.sha256 === announced.sha256 && current.sizeBytes === announced.sizeBytes) return current
  throw new ConflictError('This part of the recording is stored already, with other content.')
}
