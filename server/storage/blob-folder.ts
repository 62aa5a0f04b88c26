/**
 * Objects as files: `objects/<key>` is the content, `about/<key>.json` its type and checksum. A file appears under its name only
 * when it is whole and on the disk (temporary file, fsync, rename, fsync of the folder), and is never changed afterwards.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import {
  copyFile,
  link,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { assertBlobKey, assertBlobPrefix, type BlobHead, BlobNotFoundError, type ListedBlob } from './blob-store.ts'

export interface BlobFolder {
  /** Throws BlobContentError when the content is not what was announced; then nothing is kept. */
  write(key: string, content: Readable, expected: BlobHead): Promise<void>
  /** Whatever comes. */
  writeStream(key: string, content: Readable, mimeType: string): Promise<void>
  head(key: string): Promise<BlobHead | null>
  /** Both ends included, as in HTTP. The file must exist. */
  openRange(key: string, startByte: number, endByte: number): ReadStream
  link(fromKey: string, toKey: string): Promise<void>
  remove(key: string): Promise<void>
  list(prefix: string): AsyncIterable<ListedBlob>
  /** Makes the folders, proves that they can be written to and clears away uploads that a stopped server never finished. */
  prepare(): Promise<void>
  /** Proves that the folders are there and can be written to. Makes none: an empty one where a disk belongs would hide that it is away. */
  check(): Promise<void>
}

export class BlobContentError extends Error {
  override name = 'BlobContentError'
  readonly what: 'SIZE' | 'CHECKSUM'
  constructor(what: 'SIZE' | 'CHECKSUM') {
    super(what === 'SIZE' ? 'The upload is not as long as announced' : 'The upload does not have the announced SHA-256')
    this.what = what
  }
}

/** The checksum holds for the file of this length and time only. */
interface About extends BlobHead {
  modifiedMs: number
}

const oldUploadMs = 60 * 60 * 1_000

export function createBlobFolder(root: string): BlobFolder {
  const objectPath = (key: string): string => inFolder(path.join(root, 'objects'), key)
  const aboutPath = (key: string): string => `${inFolder(path.join(root, 'about'), key)}.json`
  const uploads = path.join(root, 'uploads')
  const newUpload = (): string => path.join(uploads, randomBytes(16).toString('hex'))

  async function keep(key: string, upload: string, about: BlobHead): Promise<void> {
    const [aboutUpload, { mtimeMs }] = [newUpload(), await stat(upload)]
    const kept: About = { ...about, modifiedMs: mtimeMs }
    await writeFile(aboutUpload, JSON.stringify(kept), { flush: true, mode: 0o600 })
    await moveInto(aboutUpload, aboutPath(key))
    await moveInto(upload, objectPath(key))
  }

  async function head(key: string): Promise<BlobHead | null> {
    const [file, about] = await Promise.all([orNull(stat(objectPath(key))), readAbout(aboutPath(key))])
    if (file === null || about === null) {
      // Nothing there, or no disk there? A folder that is not mounted must not look like deleted recordings.
      await stat(path.join(root, 'objects'))
      return null
    }
    const isSame = about.sizeBytes === file.size && about.modifiedMs === file.mtimeMs
    const sha256Hex = isSame ? about.sha256Hex : await hashOf(createReadStream(objectPath(key)))
    return { sizeBytes: file.size, mimeType: about.mimeType, sha256Hex }
  }

  /** `receive` puts the content into a new file, and tells what it is. */
  async function take(key: string, receive: (upload: string) => Promise<BlobHead>): Promise<void> {
    const [target, upload] = [objectPath(key), newUpload()]
    try {
      await keep(key, upload, await receive(upload))
    } finally {
      // Left over where it failed; and a rename onto another name of the same file does nothing at all (POSIX).
      await rm(upload, { force: true })
    }
    await syncFolder(path.dirname(target))
  }

  return {
    head,
    write: (key, content, expected) =>
      take(key, async (upload) => {
        assertSame(await writeFileFrom(content, upload, expected.sizeBytes), expected)
        return expected
      }),
    writeStream: (key, content, mimeType) =>
      take(key, async (upload) => ({ mimeType, ...(await writeFileFrom(content, upload, Infinity)) })),
    openRange: (key, startByte, endByte) => createReadStream(objectPath(key), { start: startByte, end: endByte }),
    async link(fromKey, toKey) {
      const about = await head(fromKey)
      if (about === null) throw new BlobNotFoundError()
      await take(toKey, async (upload) => {
        await linkOrCopy(objectPath(fromKey), upload)
        return about
      })
    },
    async remove(key) {
      await rm(objectPath(key), { force: true })
      await rm(aboutPath(key), { force: true })
      await removeEmptyFolders(path.dirname(objectPath(key)), path.join(root, 'objects'))
      await removeEmptyFolders(path.dirname(aboutPath(key)), path.join(root, 'about'))
    },
    list: (prefix) => list(path.join(root, 'objects'), prefix),
    prepare: () => prepare(root, uploads),
    check: () => check(root, uploads),
  }
}

const folders = ['objects', 'about', 'uploads']

async function prepare(root: string, uploads: string): Promise<void> {
  for (const folder of folders) await mkdir(path.join(root, folder), { recursive: true, mode: 0o700 })
  await check(root, uploads)
  for (const name of await readdir(uploads)) await removeIfOld(path.join(uploads, name))
}

async function check(root: string, uploads: string): Promise<void> {
  for (const folder of folders) await stat(path.join(root, folder))
  const probe = path.join(uploads, randomBytes(16).toString('hex'))
  await writeFile(probe, '')
  await rm(probe)
}

async function* list(objects: string, prefix: string): AsyncGenerator<ListedBlob> {
  assertBlobPrefix(prefix)
  const folder = await orNull(opendir(path.join(objects, prefix), { recursive: true }))
  // Nothing there, or no disk there? The first is nothing to tell of.
  if (folder === null) await stat(objects)
  for await (const entry of folder ?? []) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const found = await orNull(stat(file))
    // A linked file keeps the time of its content; its own name is as old as its last change of state.
    if (found !== null) yield { key: path.relative(objects, file).split(path.sep).join('/'), storedAt: found.ctime }
  }
}

function inFolder(folder: string, key: string): string {
  assertBlobKey(key)
  return path.join(folder, ...key.split('/'))
}

/** Throws BlobContentError where more comes than `mostBytes`. */
async function writeFileFrom(
  content: Readable,
  file: string,
  mostBytes: number,
): Promise<Pick<BlobHead, 'sizeBytes' | 'sha256Hex'>> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await pipeline(
    content,
    async function* measured(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sizeBytes += chunk.length
        if (sizeBytes > mostBytes) throw new BlobContentError('SIZE')
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  )
  return { sizeBytes, sha256Hex: hash.digest('hex') }
}

function assertSame(written: Pick<BlobHead, 'sizeBytes' | 'sha256Hex'>, expected: BlobHead): void {
  if (written.sizeBytes !== expected.sizeBytes) throw new BlobContentError('SIZE')
  if (written.sha256Hex !== expected.sha256Hex) throw new BlobContentError('CHECKSUM')
}

/** A folder may be cleared away as empty by another request between the two steps. */
async function moveInto(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    try {
      return await rename(from, to)
    } catch (error) {
      if (!isMissing(error) || attempt === 5) throw error
    }
  }
}

/** Content never changes once it has a name, so two names may share it, where the file system can do that. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (isMissing(error)) throw new BlobNotFoundError()
    await copyFile(from, to)
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await orNull(open(folder, 'r'))
  try {
    await handle?.sync()
  } finally {
    await handle?.close()
  }
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let current = folder; current.startsWith(`${root}${path.sep}`); current = path.dirname(current)) {
    try {
      await rmdir(current)
    } catch {
      return
    }
  }
}

async function removeIfOld(file: string): Promise<void> {
  const found = await orNull(stat(file))
  if (found !== null && Date.now() - found.mtimeMs > oldUploadMs) await rm(file, { force: true })
}

async function readAbout(file: string): Promise<About | null> {
  const text = await orNull(readFile(file, 'utf8'))
  return text === null ? null : (JSON.parse(text) as About)
}

async function hashOf(stream: ReadStream): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
