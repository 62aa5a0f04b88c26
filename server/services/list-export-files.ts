import type { ArchivedFile } from '../archive/zip-archive.ts'
import { toIndexPage, toSessionPage } from '../domain/session-export/export-pages.ts'
import { toPlainText, toWebVtt } from '../domain/transcript.ts'
import { BlobStoreUnavailableError } from '../storage/blob-store.ts'
import type { Snapshot, SnapshotSession } from './take-snapshot.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What should be in the export and is not. */
export interface MissingFile {
  path: string
  reason: string
}

export interface ExportProgress {
  /** Filled on the way. */
  missing: MissingFile[]
  /** After each session, with the share that is done; may throw to end it all. */
  onSession(share: number): Promise<void>
}

/** The files of an export in their order, each opened only when it is its turn. Throws BlobStoreUnavailableError. */
export async function* listExportFiles(
  deps: Pick<ServiceDeps, 'blobs'>,
  snapshot: Snapshot,
  progress: ExportProgress,
): AsyncGenerator<ArchivedFile> {
  const { account, sessions, takenAt } = snapshot
  const modifiedAt = new Date(takenAt)
  const about = { name: account.name ?? account.email, createdAt: takenAt }
  yield { path: 'index.html', modifiedAt, content: toIndexPage(sessions, about) }
  if (snapshot.isWhole) yield { path: 'account.json', modifiedAt, content: toJson(account) }
  let done = 0
  for await (const session of snapshot.read()) {
    yield* listTexts(session, modifiedAt)
    yield* listSounds(deps, session, progress.missing)
    done += 1
    await progress.onSession(done / sessions.length)
  }
}

function* listTexts(
  { folder, session, segments, ...rest }: SnapshotSession,
  modifiedAt: Date,
): Generator<ArchivedFile> {
  const file = (name: string, content: string): ArchivedFile => ({
    path: `sessions/${folder}/${name}`,
    modifiedAt,
    content,
  })
  yield file('index.html', toSessionPage(session, segments))
  yield file('session.json', toJson(session))
  yield file('transcript.json', toJson({ ...session.transcript, segments }))
  yield file('transcript.txt', `${toPlainText(segments)}\n`)
  yield file('transcript.vtt', toWebVtt(segments))
  yield file('evaluations.json', toJson(rest.evaluations))
  yield file('events.json', toJson(rest.events))
}

async function* listSounds(
  { blobs }: Pick<ServiceDeps, 'blobs'>,
  { folder, session, sounds }: SnapshotSession,
  missing: MissingFile[],
): AsyncGenerator<ArchivedFile> {
  const modifiedAt = new Date(session.endedAt ?? session.startedAt)
  for (const { file, missing: reason, part } of session.recordings)
    if (file === null) missing.push({ path: `sessions/${folder}/recording-${part}`, reason: reason ?? '' })
  for (const { file, storageKey } of sounds) {
    const path = `sessions/${folder}/${file}`
    const stream = await blobs.read(storageKey)
    if (stream) yield { path, modifiedAt, content: readOrFail(stream) }
    else missing.push({ path, reason: 'the store did not have it.' })
  }
}

/** A recording that breaks off half-way is no recording: the export is made anew. */
async function* readOrFail(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    throw new BlobStoreUnavailableError('read an object', error)
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
