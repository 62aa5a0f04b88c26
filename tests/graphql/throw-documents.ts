import fc from 'fast-check'
import { expect } from 'vitest'
import { GraphqlClient, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation } from '../support/installation.ts'
import { measureLiveMebibytes, settleMemory } from '../support/live-memory.ts'
import { askMeanwhile, reportMeanwhile } from './bombs.ts'
import { fuzzedDocuments } from './fuzzed-documents.ts'

const plenty = { tries: 10_000_000, perSeconds: 60 }
/** Before the memory is measured: what is made once and kept is made by these. */
const firstDocuments = 1_000

/**
 * Sends so many documents at random, as a learner and as nobody: each is answered as one that is good, or refused as one that is
 * not, none with an error of the server's own, and whoever means no harm is served meanwhile. Where a growth is given, no more
 * than that is held afterwards beyond what was held before. A failure prints its seed.
 */
export async function throwDocuments(
  count: number,
  { mostGrowthMebibytes }: { mostGrowthMebibytes?: number } = {},
): Promise<void> {
  const installation = await startTestInstallation({
    over: { allowances: { account: plenty, client: plenty, mutation: plenty, request: plenty } },
  })
  try {
    const [learner, visitor, harmless] = [
      await signUpClient(installation.url),
      new GraphqlClient(installation.url),
      await signUpClient(installation.url),
    ]
    await startConversation(learner)
    const throwMeanwhile = async (numRuns: number): Promise<number[]> => {
      const property = fc.asyncProperty(fuzzedDocuments, fc.boolean(), (document, isLearner) =>
        throwDocument(isLearner ? learner : visitor, document),
      )
      const tookMs = await askMeanwhile(harmless, () => fc.assert(property, { numRuns }))
      expect(installation.logs.join('')).not.toContain('a request failed')
      installation.logs.length = 0
      return tookMs
    }
    if (mostGrowthMebibytes !== undefined) await throwMeanwhile(firstDocuments)
    const before = measureLiveMebibytes()
    const tookMs = await throwMeanwhile(count)
    const grown = mostGrowthMebibytes === undefined ? undefined : await settleMemory(before, mostGrowthMebibytes)
    reportMeanwhile(`${count.toLocaleString('en')} documents`, tookMs, grown)
  } finally {
    await installation.close()
  }
}

async function throwDocument(client: GraphqlClient, body: unknown): Promise<void> {
  const response = await fetch(`${client.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(client.cookie ? { cookie: client.cookie } : {}) },
    body: JSON.stringify(body),
  })
  expect([200, 400]).toContain(response.status)
  const { errors = [] } = (await response.json()) as { errors?: { extensions?: { code?: string } }[] }
  for (const error of errors) expect(error.extensions?.code).not.toMatch(/^INTERNAL/)
}
