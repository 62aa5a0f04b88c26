/** Values that are put aside on the local disk, so that they need not be in memory all at once. */
import { randomBytes } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface SpoolFile<T> {
  append(value: T): Promise<void>
  /** In the order in which they were appended, once all are. */
  values(): AsyncIterable<T>
  close(): Promise<void>
}

/** Its name is taken away as soon as it is open: whatever becomes of the process, nothing of it is left behind. */
export async function openSpoolFile<T>(): Promise<SpoolFile<T>> {
  const name = path.join(tmpdir(), `parley-${randomBytes(16).toString('hex')}`)
  const handle = await open(name, 'wx+', 0o600)
  await unlink(name)
  return {
    append: async (value) => void (await handle.write(`${toLine(value)}\n`)),
    async *values() {
      for await (const line of handle.readLines({ start: 0, autoClose: false, encoding: 'utf8' }))
        yield JSON.parse(line) as T
    },
    close: () => handle.close(),
  }
}

/** JSON leaves two characters as they are which a reader of lines takes for the end of one. */
function toLine(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
