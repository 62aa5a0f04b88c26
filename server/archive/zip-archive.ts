/** A zip that is made while it is read: one file is open at a time, and the last one lists the sums of all before it. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { makeZip } from 'client-zip'

export interface ArchivedFile {
  /** Parts with / between them. */
  path: string
  modifiedAt: Date
  content: string | AsyncIterable<Uint8Array>
}

/** What `manifest.json` says of a file. */
interface ManifestEntry {
  path: string
  sizeBytes: number
  sha256: string
}

/** `about` stands in the manifest beside the sums: looked at last, when every file has been read. */
export function createZipArchive(files: AsyncIterable<ArchivedFile>, about: () => Record<string, unknown>): Readable {
  return Readable.fromWeb(makeZip(toEntries(files, about)) as Parameters<typeof Readable.fromWeb>[0])
}

type ZipEntry = { name: string; lastModified: Date; input: AsyncIterable<Uint8Array<ArrayBuffer>> }

async function* toEntries(
  files: AsyncIterable<ArchivedFile>,
  about: () => Record<string, unknown>,
): AsyncGenerator<ZipEntry> {
  const manifest: ManifestEntry[] = []
  let modifiedAt = new Date(0)
  for await (const file of files) {
    modifiedAt = file.modifiedAt
    yield { name: file.path, lastModified: modifiedAt, input: summed(file, manifest) }
  }
  const content = `${JSON.stringify({ ...about(), files: manifest }, null, 2)}\n`
  yield { name: 'manifest.json', lastModified: modifiedAt, input: chunksOf(content) }
}

/** Passes a file on, and adds it to the manifest once all of it has gone by. */
async function* summed(file: ArchivedFile, manifest: ManifestEntry[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of chunksOf(file.content)) {
    hash.update(chunk)
    sizeBytes += chunk.length
    yield chunk
  }
  manifest.push({ path: file.path, sizeBytes, sha256: hash.digest('hex') })
}

async function* chunksOf(content: string | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (typeof content === 'string') yield new TextEncoder().encode(content)
  else for await (const chunk of content) yield chunk as Uint8Array<ArrayBuffer>
}
