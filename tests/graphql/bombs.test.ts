/** Requests that are made to hurt are refused soon, and whoever means no harm is answered meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { askMeanwhile, bombs, reportMeanwhile, sendSlowly, throwBomb, throwBombs } from './bombs.ts'
import { openSockets } from './many-sockets.ts'

const plenty = { tries: 1_000_000, perSeconds: 60 }
let installation: TestInstallation
let attacker: GraphqlClient
let harmless: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation({
    over: { allowances: { account: plenty, client: plenty, mutation: plenty, request: plenty } },
  })
  attacker = await signUpClient(installation.url)
  harmless = await signUpClient(installation.url)
})
afterAll(() => installation.close())

describe.each(bombs)('a bomb of %s', (_name, body, status) => {
  it(`is answered with ${status}, signed in or not, and others are served meanwhile`, async () => {
    const tookMs = await askMeanwhile(harmless, async () => {
      for (const cookie of [attacker.cookie, null]) {
        expect(await throwBomb(installation.url, body(), cookie)).toBe(status)
      }
    })
    expect(tookMs.length).toBeGreaterThan(0)
  })
})

it('bombs thrown all at once leave nothing behind but refusals', async () => {
  const tookMs = await askMeanwhile(harmless, () => throwBombs(installation.url, attacker.cookie, 5))
  reportMeanwhile(`${bombs.length * 5} bombs`, tookMs)
  expect(installation.logs.join('')).not.toContain('a request failed')
})

it('a body that trickles in is given up, and others are served meanwhile', async () => {
  const tookMs = await askMeanwhile(harmless, async () => {
    expect(await sendSlowly(installation.url)).toBe('HTTP/1.1 408 Request Timeout')
  })
  expect(tookMs.length).toBeGreaterThan(10)
})

it('1,000 connections that never say anything are closed, and others are served meanwhile', async () => {
  const tookMs = await askMeanwhile(harmless, async () => {
    const codes = await openSockets(installation.url, { count: 1_000, step: 100 })
    expect(codes).toEqual(Array(1_000).fill(4408))
  })
  reportMeanwhile('1,000 connections', tookMs)
})
