import fc from 'fast-check'
import { expect } from 'vitest'
import { GraphqlClient, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation } from '../support/installation.ts'
import { fuzzedDocuments } from './fuzzed-documents.ts'

const plenty = { tries: 10_000_000, perSeconds: 60 }

/**
 * Sends so many documents at random, as a learner and as nobody: each is answered as one that is good, or refused as one that is
 * not, none with an error of the server's own, and the server goes on. A failure prints its seed.
 */
export async function throwDocuments(count: number): Promise<void> {
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
    const send = async (client: GraphqlClient, body: unknown): Promise<void> => {
      const response = await fetch(`${client.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(client.cookie ? { cookie: client.cookie } : {}) },
        body: JSON.stringify(body),
      })
      expect([200, 400]).toContain(response.status)
      const { errors = [] } = (await response.json()) as { errors?: { extensions?: { code?: string } }[] }
      for (const error of errors) expect(error.extensions?.code).not.toMatch(/^INTERNAL/)
    }
    await fc.assert(
      fc.asyncProperty(fuzzedDocuments, fc.boolean(), (document, isLearner) =>
        send(isLearner ? learner : visitor, document),
      ),
      { numRuns: count },
    )
    expect((await harmless.ask('{ viewer { id } }')).viewer).not.toBeNull()
    expect(installation.logs.join('')).not.toContain('a request failed')
  } finally {
    await installation.close()
  }
}
