import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UnscorableError } from '../../server/evaluation/evaluator.ts'
import { type ModelAnswer, type ResponsesServer, startResponsesServer } from '../support/responses-server.ts'
import { plainTalk } from './evaluation-input.ts'
import { type Asking, ask, good, written } from './model-answers.ts'

let server: ResponsesServer
beforeEach(async () => {
  server = await startResponsesServer()
})
afterEach(() => server.close())

async function faultOf(answers: ModelAnswer[], asking: Asking = {}): Promise<UnscorableError> {
  const error = await ask(server, answers, asking).then(
    () => new Error('it was scored'),
    (reason: unknown) => reason,
  )
  if (error instanceof UnscorableError) return error
  throw error
}

describe('what is no result', () => {
  test.each<[string, ModelAnswer, string, boolean]>([
    ['a refusal', { kind: 'refusal' }, 'SCORER_REFUSED', false],
    ['an answer cut off at its length', { kind: 'truncated', reason: 'max_output_tokens' }, 'SCORER_INCOMPLETE', true],
    ['an answer that a filter stopped', { kind: 'truncated', reason: 'content_filter' }, 'SCORER_INCOMPLETE', false],
    ['a failure of the service', { kind: 'failed', code: 'server_error' }, 'SCORER_UNAVAILABLE', true],
    ['a prompt that the service forbids', { kind: 'failed', code: 'invalid_prompt' }, 'SCORER_REFUSED', false],
    ['no JSON from the model', { kind: 'written', answer: 'Sure! Here you are' }, 'SCORER_INVALID', true],
    ['no JSON from the service', { kind: 'nonsense', text: '<html>' }, 'SCORER_INVALID', true],
    ['JSON that is no response', { kind: 'nonsense', text: '[1]' }, 'SCORER_INVALID', true],
    ['429 for good', { kind: 'status', status: 429 }, 'SCORER_UNAVAILABLE', true],
    ['a used-up quota', { kind: 'status', status: 429, code: 'insufficient_quota' }, 'SCORER_UNAVAILABLE', false],
    ['500', { kind: 'status', status: 500 }, 'SCORER_UNAVAILABLE', true],
    ['503', { kind: 'status', status: 503 }, 'SCORER_UNAVAILABLE', true],
    ['a wrong key', { kind: 'status', status: 401 }, 'SCORER_UNAVAILABLE', false],
    ['an unknown model', { kind: 'status', status: 404 }, 'SCORER_UNAVAILABLE', false],
    ['a request it does not take', { kind: 'status', status: 400 }, 'SCORER_UNAVAILABLE', false],
  ])('%s', async (_, answer, code, isRetryable) => {
    expect(await faultOf([answer])).toMatchObject({ code, isRetryable })
  })

  test.each<[string, object]>([
    ['a score out of bounds', { scores: { ...good.scores, fluency: 101 } }],
    ['a score below zero', { scores: { ...good.scores, grammar: -1 } }],
    ['a missing score', { scores: { fluency: 50 } }],
    ['a level that there is not', { overallLevel: 'B1+' }],
    ['a confidence out of bounds', { confidence: 60 }],
    ['a level without confidence', { confidence: null }],
    ['a range without the level', { levelRange: ['A2'] }],
    ['a range with a gap', { levelRange: ['A2', 'B1', 'C1'] }],
    ['a range of everything', { levelRange: ['A1', 'A2', 'B1', 'B2'] }],
    ['a range without a level', { overallLevel: null, confidence: null }],
    ['an empty rationale', { rationale: ' ' }],
    ['an empty tip', { tips: [{ text: '', quote: null, segment: null }] }],
  ])('an answer with %s', async (_, changes) => {
    expect(await faultOf(written(changes))).toMatchObject({ code: 'SCORER_INVALID', isRetryable: true })
  })

  test('no answer in time, on the second try too', async () => {
    expect(await faultOf([{ kind: 'silent' }], { timeoutMs: 100 })).toMatchObject({
      code: 'SCORER_UNAVAILABLE',
      message: expect.stringContaining('in time'),
      isRetryable: true,
    })
    expect(server.requests).toHaveLength(2)
  })

  test('nobody there', async () => {
    await server.close()
    expect(await faultOf([])).toMatchObject({ code: 'SCORER_UNAVAILABLE', isRetryable: true })
  })
})

describe('second tries', () => {
  test('after 429 it waits as long as it is asked to, and then succeeds', async () => {
    const result = await ask(server, [{ kind: 'status', status: 429, retryAfterSeconds: 1 }, ...written({})])
    expect(result.overallLevel).toBe('B1')
    const [first, second] = server.requests
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(900)
  })

  test('after a timeout it may succeed', async () => {
    expect((await ask(server, [{ kind: 'silent' }, ...written({})], { timeoutMs: 1_000 })).overallLevel).toBe('B1')
  })
})

test('no error holds what was said, whatever the service sends back', async () => {
  const secret = 'chickens'
  const answers: ModelAnswer[] = [
    { kind: 'status', status: 400, message: `cannot take: ${plainTalk.join(' ')}` },
    { kind: 'nonsense', text: plainTalk.join(' ') },
    { kind: 'written', answer: plainTalk.join(' ') },
    { kind: 'written', answer: { ...good, rationale: 7, tips: [{ text: plainTalk.join(' ') }] } },
  ]
  for (const answer of answers) {
    const error = await faultOf([answer])
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
  }
})
