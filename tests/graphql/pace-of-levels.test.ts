/** How long the partner waits for a learner of each level and how fast it speaks, from the account's settings to the partner's own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSessionConfig, sessionPatchSchema, toTurnSettings } from '../../server/partner/session/session-config.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

const LEVELS = [
  ['A1', 1_800, 0.8],
  ['A2', 1_800, 0.85],
  ['B1', 1_500, 0.9],
  ['B2', 1_500, 0.95],
  ['C1', 1_200, 1],
  ['C2', 1_200, 1],
] as const

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

/** What the voice service is asked for, and what the built-in partner makes of it. */
async function paceAt(level: string) {
  const started = await mutate(client, 'startSession', { input: await startInput(client, { level }) })
  expect(started.__typename).toBe('StartSessionPayload')
  const request = installation.provider.requests.findLast(({ path }) => path === '/v1/realtime/client_secrets')
  const session = sessionPatchSchema.parse(JSON.parse(request?.body ?? '{}').session)
  const config = createSessionConfig('sess_1', session)
  return {
    firstLine: session.instructions?.split('\n')[0]?.replace(/^topic=[\w-]+; /, ''),
    asked: [session.audio?.input?.turn_detection, session.audio?.output?.speed],
    kept: [toTurnSettings(config).silenceMs, config.audio.output.speed],
  }
}

function expected(level: string, pauseMs: number, speed: number) {
  return {
    firstLine: `level=${level}; pause=${pauseMs}`,
    asked: [expect.objectContaining({ type: 'server_vad', silence_duration_ms: pauseMs }), speed],
    kept: [pauseMs, speed],
  }
}

describe.each(LEVELS)('at level %s', (level, pauseMs, speed) => {
  it(`a turn is over after ${pauseMs} ms, and the voice has ${speed} of its speed`, async () => {
    expect(await paceAt(level)).toEqual(expected(level, pauseMs, speed))
  })

  it('the learner’s own pause and speed win, each by itself, until they are taken back', async () => {
    await mutate(client, 'updateViewer', { input: { endOfTurnPauseMs: 2_700 } })
    expect(await paceAt(level)).toEqual(expected(level, 2_700, speed))
    await mutate(client, 'updateViewer', { input: { endOfTurnPauseMs: null, partnerSpeed: 0.77 } })
    expect(await paceAt(level)).toEqual(expected(level, pauseMs, 0.77))
    await mutate(client, 'updateViewer', { input: { endOfTurnPauseMs: 600 } })
    expect(await paceAt(level)).toEqual(expected(level, 600, 0.77))
  })
})
