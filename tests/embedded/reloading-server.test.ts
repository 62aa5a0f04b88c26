import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive } from '../../server/embedded/leftover-process.ts'
import { startReloadingServer } from '../../server/reloading-server.ts'

/** Says its process id where the real server says its address. */
const entrySource = `
import { appendFileSync } from 'node:fs'
import { greeting } from './sources/greeting.ts'
appendFileSync(process.env.PIDS, process.pid + ' ' + greeting + '\\n')
process.send({ ready: [greeting] })
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
`

let root: string
let lines: string[]
let server: { stop(): Promise<void> }

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'parley-reload-'))
  lines = []
  await mkdir(path.join(root, 'sources'))
  await writeFile(path.join(root, 'main.ts'), entrySource)
  await writeFile(path.join(root, 'sources/greeting.ts'), `export const greeting: string = 'first'\n`)
  server = startReloadingServer({
    entry: path.join(root, 'main.ts'),
    watched: [path.join(root, 'sources')],
    env: { PIDS: path.join(root, 'pids.txt') },
    onLine: (line) => lines.push(line),
  })
})

afterEach(async () => {
  await server.stop()
  await rm(root, { recursive: true, force: true })
})

async function listStarts(): Promise<{ pid: number; greeting: string }[]> {
  const text = await readFile(path.join(root, 'pids.txt'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ pid: Number.parseInt(line, 10), greeting: line.split(' ')[1] ?? '' }))
}

test('a changed source brings up a new server, and the old one is gone', async () => {
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1)
  await writeFile(path.join(root, 'sources/greeting.ts'), `export const greeting: string = 'second'\n`)
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(2)
  const [first, second] = await listStarts()
  expect([first?.greeting, second?.greeting]).toEqual(['first', 'second'])
  expect([isAlive(first?.pid ?? 0), isAlive(second?.pid ?? 0)]).toEqual([false, true])
})

test('a source that does not run waits for the next change', async () => {
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1)
  await writeFile(path.join(root, 'sources/greeting.ts'), `throw new Error('broken')\n`)
  const [first] = await listStarts()
  await expect.poll(() => isAlive(first?.pid ?? 0), { timeout: 20_000 }).toBe(false)
  await writeFile(path.join(root, 'sources/greeting.ts'), `export const greeting: string = 'mended'\n`)
  await expect.poll(async () => (await listStarts()).at(-1)?.greeting, { timeout: 20_000 }).toBe('mended')
})

test('a stop leaves no server', async () => {
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1)
  await server.stop()
  expect((await listStarts()).filter(({ pid }) => isAlive(pid))).toEqual([])
})
