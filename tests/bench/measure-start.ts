/** What Parley adds to the voice service's own time when a session starts, and when a fresh secret is minted. */
import { signUpClient, startSessionDocument, topicId } from '../support/graphql-client.ts'
import type { BenchInstallation } from './bench-installation.ts'
import { inMs, percentile, type Row } from './figures.ts'
import { postJson } from './post-json.ts'

const providerMs = 50
const rounds = 120
const callsOfOneSession = 50

const mintDocument = `mutation ($id: ID!) { mintClientSecret(sessionId: $id) { __typename ... on MintClientSecretPayload { clientSecret { value } } } }`
const endDocument = `mutation ($id: ID!) { endSession(input: { sessionId: $id }) { __typename } }`

export async function measureStart(installation: BenchInstallation, url: string): Promise<Row[]> {
  const client = await signUpClient(url)
  const topic = await topicId(client)
  installation.provider.mood = { kind: 'slow', afterMs: providerMs }
  const headers = { origin: url, cookie: client.cookie ?? '' }
  const ask = (query: string, variables: unknown): Promise<string> =>
    postJson(`${url}/graphql`, { query, variables }, headers)
  const direct: number[] = []
  const started: number[] = []
  const minted: number[] = []
  let callsLeft = 0
  let sessionForMints = ''
  // In turns, so that whatever slows the machine slows all three.
  for (let round = 0; round < rounds; round += 1) {
    direct.push(await time(() => postJson(`${installation.provider.baseUrl}/realtime/client_secrets`, {})))
    const input = { requestId: crypto.randomUUID(), activity: { conversation: { topicId: topic } } }
    let answer = ''
    started.push(await time(async () => (answer = await ask(startSessionDocument, { input }))))
    const { id } = JSON.parse(answer).data.startSession.session
    if (callsLeft === 0) {
      if (sessionForMints !== '') await ask(endDocument, { id: sessionForMints })
      sessionForMints = id
      callsLeft = callsOfOneSession
    } else await ask(endDocument, { id })
    minted.push(await time(() => ask(mintDocument, { id: sessionForMints }).then(expectSecret)))
    callsLeft -= 1
  }
  installation.provider.mood = { kind: 'well' }
  return [
    ...toRows('startSession (with its first secret)', started, direct, '<= +8 ms at p50'),
    ...toRows('mintClientSecret', minted, direct),
  ]
}

function toRows(what: string, samples: readonly number[], direct: readonly number[], goal?: string): Row[] {
  const warm = samples.slice(20)
  const [p50, p95, limit50, limit95] = [
    percentile(warm, 0.5),
    percentile(warm, 0.95),
    percentile(direct, 0.5),
    percentile(direct, 0.95),
  ]
  return [
    {
      what: `${what}, p50 over the voice service's own`,
      figure: `+${inMs(p50 - limit50)}`,
      limit: inMs(limit50),
      ratio: p50 / limit50,
      ...(goal && { goal }),
    },
    {
      what: `${what}, p95 over the voice service's own`,
      figure: `+${inMs(p95 - limit95)}`,
      limit: inMs(limit95),
      ratio: p95 / limit95,
    },
  ]
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function expectSecret(answer: string): void {
  if (!answer.includes('ek_')) throw new Error(`no secret: ${answer}`)
}
