/** Another team's project: an empty folder with the sample app, and the client package as it would come from a registry. */
import { execFile, fork } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname, '../..')

/** What a team installs beside the package, from a registry; here from what is installed already. */
const peers = [
  '@apollo/client',
  '@graphql-codegen/cli',
  '@graphql-codegen/typed-document-node',
  '@graphql-codegen/typescript-operations',
  '@types/node',
  '@types/react',
  '@types/react-dom',
  'graphql',
  'graphql-ws',
  'react',
  'react-dom',
  'rxjs',
]
const programs = ['graphql-codegen', 'tsc']

export interface Ran {
  code: number
  output: string
}

export interface SampleProject {
  folder: string
  /** Of the package that was packed. */
  packedFiles: string[]
  run(program: 'npm' | 'node', ...args: string[]): Promise<Ran>
  remove(): Promise<void>
}

/** Builds and packs the package, and installs it without a network. */
export async function createSampleProject(): Promise<SampleProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-sample-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const packedFiles = await install(folder).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  return { folder, packedFiles, run: (program, ...args) => runIn(folder, program, args), remove }
}

async function install(folder: string): Promise<string[]> {
  const run = (program: string, ...args: string[]): Promise<Ran> => runIn(folder, program, args)
  await cp(path.join(import.meta.dirname, 'sample-app'), folder, { recursive: true })
  const built = path.join(folder, 'built')
  orFail(await runIn(root, 'node', ['server/bootstrap.mjs', 'build:client', built]))
  const [packed] = JSON.parse(orFail(await run('npm', 'pack', '--json', './built'))) as [
    { filename: string; files: { path: string }[] },
  ]
  await rm(built, { recursive: true })
  const flags = ['--offline', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund']
  orFail(await run('npm', 'install', ...flags, `./${packed.filename}`))
  await linkPeers(path.join(folder, 'node_modules'))
  return packed.files.map((file) => file.path)
}

async function linkPeers(modules: string): Promise<void> {
  const installed = path.join(root, 'node_modules')
  await mkdir(path.join(modules, '.bin'), { recursive: true })
  for (const name of [...peers, ...programs.map((program) => `.bin/${program}`)]) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true })
    await symlink(path.join(installed, name), path.join(modules, name))
  }
}

/** In a shell of another team's: with the Node that runs the tests, but nothing else of npm's or the tests' own settings. */
function runIn(folder: string, program: string, args: string[]): Promise<Ran> {
  const { npm_config_local_prefix: _prefix, NODE_ENV: _test, ...inherited } = process.env
  const env = { ...inherited, PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}`, NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: error ? stdout + stderr : stdout })
    })
  })
}

/** What it printed. Throws that where it failed. */
export function orFail({ code, output }: Ran): string {
  if (code !== 0) throw new Error(output)
  return output
}

/** What the page's process is told to do. */
export type PageOrder = { press: string } | { lose: 'the next answer' }

export interface SamplePage {
  /** Resolves when the page shows this; rejects with what it shows instead when the page is gone, or has had its time. */
  shows(text: string | RegExp): Promise<void>
  press(label: string): void
  /** The next mutation reaches the installation, and its answer does not reach the page. */
  loseNextAnswer(): void
  close(): Promise<void>
}

/** Less than a test has: what the page shows instead says more than that time is up. */
const patienceMs = 45_000

/** Opens the built app against an installation, with an access token. */
export function openSamplePage(project: SampleProject, url: string, token: string): SamplePage {
  const entry = pathToFileURL(path.join(project.folder, 'build/main.js')).href
  const child = fork(path.join(import.meta.dirname, 'page-process.ts'), [entry, url, token], { silent: true })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let [text, errors] = ['', '']
  const waiting = new Set<() => void>()
  const order = (what: PageOrder): void => void child.send(what)
  child.on('message', (shown) => {
    text = typeof shown === 'string' ? shown : ''
    for (const look of waiting) look()
  })
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  return {
    shows(expected) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (!(typeof expected === 'string' ? text.includes(expected) : expected.test(text))) return
          clearTimeout(deadline)
          waiting.delete(look)
          resolve()
        }
        const fail = (what: string): void => reject(new Error(`${what} It showed: ${text}\n${errors}`))
        const deadline = setTimeout(() => fail(`The page did not come to show ${expected}.`), patienceMs)
        waiting.add(look)
        look()
        void gone.then(() => fail('The page is gone.'))
      })
    },
    press: (label) => order({ press: label }),
    loseNextAnswer: () => order({ lose: 'the next answer' }),
    async close() {
      child.kill()
      await gone
    },
  }
}

/** The files of the sample app that the README may quote. */
export async function listSampleFiles(): Promise<string[]> {
  return await readdir(path.join(import.meta.dirname, 'sample-app'), { recursive: true })
}
