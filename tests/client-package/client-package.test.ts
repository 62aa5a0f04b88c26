/** The client package as another team meets it: packed, installed elsewhere, generated from, compiled, and run against an installation. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createProgram } from '../graphql/an-access-token.ts'
import { type GraphqlClient, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { listKeyKinds } from '../support/key-patterns.ts'
import { createSampleProject, listSampleFiles, openSamplePage, orFail, type SampleProject } from './sample-project.ts'

let project: SampleProject
beforeAll(async () => {
  project = await createSampleProject()
})
afterAll(() => project?.remove())

const sources = path.join(import.meta.dirname, 'sample-app')

describe('the package', () => {
  it('holds what is compiled, the schema and the operations, and none of the sources', () => {
    expect(project.packedFiles).toEqual(
      expect.arrayContaining(['README.md', 'LICENSE', 'index.js', 'index.d.ts', 'gql/hooks.js', 'schema.graphql']),
    )
    expect(project.packedFiles.filter((file) => /(?<!\.d)\.tsx?$|tsconfig|\.map$/.test(file))).toEqual([])
  })

  it('holds no key', async () => {
    const installed = path.join(project.folder, 'node_modules/@parley/client')
    const texts = await Promise.all(project.packedFiles.map((file) => readFile(path.join(installed, file), 'latin1')))
    expect(texts.join('').length).toBeGreaterThan(100_000)
    expect(project.packedFiles.filter((_, index) => listKeyKinds(texts[index] ?? '').length > 0)).toEqual([])
  })

  it('is documented with the files of the sample app', async () => {
    const readme = await readFile('client/README.md', 'utf8')
    const quoted = [...readme.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)```$/gm)]
    const files = await listSampleFiles()
    expect(quoted.map(([, file]) => file)).toEqual(expect.arrayContaining(['codegen.ts', 'src/talk-list.tsx']))
    for (const [, file = '', code] of quoted) {
      expect(files).toContain(file)
      expect(code).toBe(await readFile(path.join(sources, file), 'utf8'))
    }
  })
})

describe('another project', () => {
  beforeAll(async () => {
    orFail(await project.run('npm', 'run', 'gen'))
    orFail(await project.run('npm', 'run', 'build'))
  })

  it('gets a typed hook for each of its own operations, and none for those of the package', async () => {
    const hooks = await readFile(path.join(project.folder, 'src/parley/hooks.ts'), 'utf8')
    expect(hooks.match(/(?<=export function )\w+/g)).toEqual(['useStartTalkMutation', 'useTalksQuery'])
  })

  it.concurrent('does not compile with a field that was not asked for, without a variable that is required, nor with a fault as a result', async () => {
    const wrong = `import { orThrow, type StartSessionMutation } from '@parley/client'
      import { useTalksQuery } from './parley/hooks.js'
      export const useLength = () => useTalksQuery({ variables: { first: 1 } }).data?.viewer?.history.edges[0]?.node.durationSeconds
      export const useTalks = () => useTalksQuery({ variables: { after: null } })
      export const toMessage = ({ startSession }: StartSessionMutation) => orThrow(startSession).message`
    await writeFile(path.join(project.folder, 'src/wrong.ts'), wrong)
    const { code, output } = await project.run('node', 'node_modules/.bin/tsc', '--noEmit')
    expect(code).not.toBe(0)
    expect(output.split('\n').filter((line) => line.includes('error TS'))).toEqual([
      expect.stringMatching(/^src\/wrong\.ts\(3.*'durationSeconds' does not exist/),
      expect.stringMatching(/^src\/wrong\.ts\(4.*'first' is missing/),
      expect.stringMatching(/^src\/wrong\.ts\(5.*'message' does not exist/),
    ])
  })

  it.concurrent('cannot generate from an operation that the schema does not know', async () => {
    await writeFile(path.join(project.folder, 'src/wrong.graphql'), 'query Wrong { viewer { nickname } }')
    expect(await project.run('npm', 'run', 'gen')).toMatchObject({
      code: 1,
      output: expect.stringContaining('Cannot query field "nickname" on type "Viewer"'),
    })
  })

  describe('with an access token', () => {
    let installation: TestInstallation
    let learner: GraphqlClient
    beforeAll(async () => {
      installation = await startTestInstallation()
      learner = await signUpClient(installation.url)
    })
    afterAll(() => installation?.close())

    const openPage = async (scopes: string[], owner = learner) => {
      const { value } = await createProgram(owner, { scopes })
      const page = openSamplePage(project, installation.url, value)
      onTestFinished(() => page.close())
      return page
    }

    it('lists, joins pages, starts a talk, and sees what happens elsewhere', async () => {
      const { session } = await startConversation(learner)
      for (let more = 0; more < 2; more += 1) await startConversation(learner)
      const page = await openPage(['HISTORY_READ', 'SESSIONS_WRITE'])
      await page.shows('2 of 3More')
      page.press('More')
      await page.shows(/3 of 3$/)
      await learner.ask(`mutation ($id: ID!) { endSession(input: { sessionId: $id }) { __typename } }`, {
        id: session.id,
      })
      await page.shows(`${session.title}: ENDED3 of 3`)
      page.press('Start')
      await page.shows('has begun.')
      await page.shows('2 of 4More')
    })

    it('starts a talk once when the answer is lost and it is asked for again', async () => {
      const another = await signUpClient(installation.url)
      const page = await openPage(['HISTORY_READ', 'SESSIONS_WRITE'], another)
      await page.shows('Start')
      page.loseNextAnswer()
      page.press('Start')
      await page.shows('There was no answer. Press again.')
      page.press('Start')
      await page.shows('has begun.')
      const { viewer } = await another.ask('{ viewer { history(first: 1) { totalCount } } }')
      expect(viewer.history.totalCount).toBe(1)
    })

    it('prints every page from a script, which ends by itself then', async () => {
      const { value } = await createProgram(learner, { scopes: ['HISTORY_READ'] })
      const printed = orFail(await project.run('node', 'build/print-talks.js', installation.url, value))
      expect(printed.trim().split('\n')).toHaveLength(4)
    })

    it('says what to do about a fault', async () => {
      const page = await openPage(['HISTORY_READ'])
      await page.shows('More')
      page.press('Start')
      await page.shows('take one with the scope SESSIONS_WRITE')
    })
  })
})
