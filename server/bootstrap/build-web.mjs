import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { runQuietly } from './run-program.mjs'

const target = 'dist/web'
const stamp = 'dist/web.sources'

/** Builds the pages into dist/web when a source differs from those of the last build. */
export async function buildWeb(node, progress) {
  const sources = hashSources([
    'web',
    'client',
    'server/domain',
    'schema/schema.graphql',
    'package-lock.json',
    'tsconfig.web.json',
  ])
  if (existsSync(`${target}/index.html`) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  await progress.during('Building the pages', async () => {
    const fresh = `dist/web-${process.pid}`
    mkdirSync('dist', { recursive: true })
    for (const [config, folder] of [
      ['web/vite.config.ts', fresh],
      ['web/api/vite.config.ts', `${fresh}/api`],
    ]) {
      await build(node, config, folder).catch((error) => {
        rmSync(fresh, { recursive: true, force: true })
        throw error
      })
    }
    rmSync(target, { recursive: true, force: true })
    renameSync(fresh, target)
    writeFileSync(stamp, sources)
  })
}

async function build(node, config, folder) {
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', config, '--emptyOutDir', '--logLevel', 'warn']
  const { code, output } = await runQuietly(node, [...vite, '--outDir', path.resolve(folder)])
  if (code !== 0) throw new Failure(`The pages could not be built:\n${output.trim()}`)
}

function hashSources(places) {
  const hash = createHash('sha256')
  for (const place of places) addPlace(hash, place)
  return hash.digest('hex')
}

function addPlace(hash, place) {
  const entries = readEntries(place)
  if (entries === null) hash.update(`${place}\0`).update(readFileSync(place)).update('\0')
  else for (const entry of entries) addPlace(hash, `${place}/${entry}`)
}

function readEntries(place) {
  try {
    return readdirSync(place).sort()
  } catch {
    return null
  }
}
