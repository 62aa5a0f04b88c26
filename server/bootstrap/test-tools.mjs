import { spawnSync } from 'node:child_process'
import { Failure } from './failure.mjs'
import { runQuietly } from './run-program.mjs'

const tools = [
  { program: 'chromium', debianPackage: 'chromium', skip: 'PARLEY_SKIP_BROWSER', what: 'the tests in a browser' },
  { program: 'redis-server', debianPackage: 'redis-server', skip: 'PARLEY_SKIP_REDIS', what: 'the tests with Redis' },
]

/** Installs what the tests need beside npm's packages, where that is possible; else gives the variables that skip those tests. */
export async function ensureTestTools(progress) {
  let missing = tools.filter((tool) => !isThere(tool.program))
  if (missing.length > 0 && process.getuid?.() === 0 && isThere('apt-get')) {
    const names = missing.map((tool) => tool.debianPackage)
    await progress.during(`Installing ${names.join(' and ')} for the tests`, () => installDebianPackages(names))
    missing = missing.filter((tool) => !isThere(tool.program))
  }
  for (const tool of missing) {
    const line = `${tool.program} is not installed: ${tool.what} ${process.env.CI ? 'cannot run' : 'are SKIPPED'}`
    if (process.env.CI) throw new Failure(line)
    console.log(`\n*** ${line} ***\n`)
  }
  return Object.fromEntries(missing.map((tool) => [tool.skip, '1']))
}

function isThere(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

async function installDebianPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '--no-install-recommends', ...names]
  for (const args of [['update', '-q'], install]) {
    const { code, output } = await runQuietly('apt-get', args, { env })
    if (code !== 0) console.error(output.trim().split('\n').slice(-10).join('\n'))
  }
}
