/** Runs an example as a reader would: in a folder with the packages that the text names, and with the two variables set. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Example, readValues } from './read-examples.ts'

export interface Run {
  values: unknown[]
  code: number | null
  /** What it said went wrong. */
  complaints: string
}

export interface RunOptions {
  folder: string
  /** What the document says to set, and nothing else of ours beside PATH. */
  variables: Record<string, string>
  /** After the first value is printed. */
  onFirst?: (() => Promise<unknown>) | undefined
}

/** A script that waits for Ctrl-C gets it once it has printed as much as is shown; the others end by themselves. */
export async function runExample(example: Example, { folder, variables, onFirst }: RunOptions): Promise<Run> {
  const child = await start(example, folder, variables)
  const said = { values: '', complaints: '' }
  child.stderr?.on('data', (chunk: Buffer) => (said.complaints += chunk.toString()))
  const waitsForCtrlC = example.code.includes("'SIGINT'")
  let lines = 0
  let action: Promise<unknown> = Promise.resolve()
  child.stdout?.on('data', (chunk: Buffer) => {
    said.values += chunk.toString()
    const now = said.values.split('\n').length - 1
    if (lines === 0 && now > 0) action = onFirst?.() ?? action
    lines = now
    if (waitsForCtrlC && lines >= (example.answer?.length ?? 0)) child.kill('SIGINT')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  await action
  return { values: code === 0 ? readValues(said.values) : [], code, complaints: said.complaints || said.values }
}

async function start(
  { name, language, code }: Example,
  cwd: string,
  variables: Record<string, string>,
): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], ...variables }
  const options = { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] } satisfies Parameters<typeof spawn>[2]
  if (language === 'sh') return spawn('bash', ['-euo', 'pipefail', '-c', code], options)
  const file = path.join(cwd, name)
  await writeFile(file, code)
  return spawn(process.execPath, [file], options)
}
