/** Opens a zip by a program that is not ours. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Tried in this order; each checks the sums that a zip has. */
const programs: ((zip: string, folder: string) => [string, string[]])[] = [
  (zip, folder) => ['unzip', ['-q', zip, '-d', folder]],
  (zip, folder) => ['python3', ['-m', 'zipfile', '-e', zip, folder]],
  (zip, folder) => ['bsdtar', ['-xf', zip, '-C', folder]],
]

/** The files by their paths. */
export async function unzip(content: Buffer): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-unzip-'))
  const zip = `${folder}.zip`
  await writeFile(zip, content)
  await extract(zip, folder)
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, file).split(path.sep).join('/'), await readFile(file))
  }
  return files
}

async function extract(zip: string, folder: string): Promise<void> {
  for (const program of programs) {
    try {
      await run(...program(zip, folder))
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  throw new Error('This machine has no program that opens a zip: install unzip')
}
