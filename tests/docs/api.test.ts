/** Every example of docs/api.md, run as it stands against an installation: each works, and answers what is shown. */
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProgram } from '../graphql/an-access-token.ts'
import { endedSessionId, startedSessionId } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { append, type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSilentRecording } from '../support/silent-recording.ts'
import { listDifferences } from './compare-answers.ts'
import { type Example, readExamples, readQuotations } from './read-examples.ts'
import { runExample } from './run-example.ts'

const isSettingVariables = ({ code }: Example): boolean =>
  code
    .trim()
    .split('\n')
    .every((line) => line.startsWith('export '))
const all = readExamples('docs/api.md')
const settings = all.filter(isSettingVariables)
const examples = all.filter((example) => !isSettingVariables(example))

let installation: TestInstallation
let learner: GraphqlClient
let variables: Record<string, string>
let folder: string

beforeAll(async () => {
  installation = await startTestInstallation()
  learner = await signUpClient(installation.url, 'Ana')
  await mutate(learner, 'updateViewer', { input: { level: 'B1' } })
  await endedSessionId(learner)
  await endedSessionId(learner)
  const { value } = await createProgram(learner, { scopes: ['HISTORY_READ', 'SESSIONS_WRITE'] })
  variables = { PARLEY_URL: installation.url, PARLEY_TOKEN: value }
  folder = await mkdtemp(path.join(tmpdir(), 'parley-docs-'))
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  await writeFile(path.join(folder, 'recording.webm'), await makeSilentRecording(3))
})
afterAll(async () => {
  await installation.close()
  await rm(folder, { recursive: true, force: true })
})

/** What the learner does meanwhile, in the app: before the script starts, and once it has printed its first line. */
const meanwhile: Record<string, () => Promise<{ onFirst: () => Promise<unknown> }>> = {
  'follow-history.mjs': async () => ({ onFirst: () => startedSessionId(learner) }),
  'follow-transcript.mjs': async () => {
    const sessionId = await startedSessionId(learner)
    await append(learner, sessionId, segmentInput('q', { text: 'What did you have for breakfast?' }))
    const answer = segmentInput('a', { previousItemId: 'q', speaker: 'LEARNER', text: 'Some bread and a coffee.' })
    return { onFirst: () => append(learner, sessionId, answer) }
  },
}

it('sets the two variables that it says it takes, and no other', () => {
  const names = settings.flatMap(({ code }) => [...code.matchAll(/^export (\w+)=/gm)].map(([, name]) => name))
  expect(names).toEqual(['PARLEY_URL', 'PARLEY_TOKEN'])
})

it('shows an answer below each of its examples', () => {
  expect(examples.length).toBeGreaterThan(8)
  expect(examples.filter(({ answer }) => answer === null).map(({ name }) => name)).toEqual([])
})

it('quotes an operation and its hook as they stand in the sample app, which is generated, compiled and run', async () => {
  const quoted = readQuotations('docs/api.md')
  expect(quoted.map(({ file }) => file)).toEqual(['src/talks.graphql', 'src/talk-list.tsx'])
  for (const { file, code } of quoted)
    expect(code, file).toBe(await readFile(path.join('tests/client-package/sample-app', file), 'utf8'))
})

describe('the example', () => {
  it.each(examples)('$name works, and answers what is shown', async (example) => {
    const { onFirst } = (await meanwhile[example.name]?.()) ?? {}
    const run = await runExample(example, { folder, variables, onFirst })
    expect(run, run.complaints).toMatchObject({ code: 0 })
    expect(listDifferences(example.answer, run.values), JSON.stringify(run.values)).toEqual([])
  })
})

describe('an example that does not hold is found out', () => {
  const example = (code: string): Example => ({ name: 'broken.mjs', language: 'js', code, answer: [] })

  it('when it fails', async () => {
    const run = await runExample(example(`throw new Error('nothing to see')`), { folder, variables })
    expect(run).toMatchObject({ code: 1, complaints: expect.stringContaining('nothing to see') })
  })

  it.each([
    ['a field is gone', { id: 'x' }, {}, 'answer.id: shown, and not there'],
    ['a field is new', {}, { id: 'x' }, 'answer.id: there, and not shown'],
    ['a value is of another type', { count: 1 }, { count: '1' }, 'answer.count: shown number, and it is string'],
    ['another fault is answered', { code: 'A' }, { code: 'B' }, 'answer.code: shown A, and it is B'],
    ['nothing is listed any more', [{ id: 'x' }], [], 'answer: shown 1 items, and there are 0'],
    ['an item differs', [{ id: 'x' }], [{ id: 'y' }, { id: null }], 'answer[1].id: shown string, and it is null'],
  ])('when %s', (_what, shown, actual, difference) => {
    expect(listDifferences(shown, actual)).toEqual([difference])
  })
})
