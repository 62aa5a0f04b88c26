/** Requests that are made to hurt, and a caller who means no harm beside them. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

const query = (document: string, variables: unknown = {}): string => JSON.stringify({ query: document, variables })

/** Fragments of which each spreads the next one twice: doubled at every level. */
function doubling(levels: number): string {
  const fragment = (index: number): string =>
    `fragment F${index} on Viewer { ${index === levels ? 'id' : `...F${index + 1} ...F${index + 1}`} }`
  return `{ viewer { ...F0 } } ${times(levels + 1, fragment)}`
}

const circle = `{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }`
/** Many fields of one name, to be compared with each other pair by pair. */
const alike = `{ viewer { ${times(60, (index) => `... on Viewer { history(first: ${index + 1}) { totalCount } }`)} } }`
const session = `mutation ($input: AppendSegmentsInput!) { appendSegments(input: $input) { __typename } }`

/** By its name: the body of a POST, and how it is to be answered. */
export const bombs: [name: string, body: () => string, status: number][] = [
  ['depth', () => query(`{ ${'viewer { '.repeat(5_000)} id ${'}'.repeat(5_000)} }`), 400],
  ['depth that fits into the tokens', () => query(`{ ${'viewer { '.repeat(600)} id ${'}'.repeat(600)} }`), 400],
  [
    'depth of a value',
    () => query(`{ topics(first: ${'['.repeat(900)}1${']'.repeat(900)}) { edges { cursor } } }`),
    400,
  ],
  ['aliases', () => query(`{ ${times(5_000, (index) => `a${index}: viewer { email }`)} }`), 400],
  ['aliases that fit into the tokens', () => query(`{ ${times(300, (index) => `a${index}: partnerTier`)} }`), 400],
  ['the same field over and over', () => query(`{ ${times(600, () => 'partnerTier')} }`), 400],
  ['the same field with other arguments', () => query(alike), 400],
  ['directives', () => query(`{ partnerTier ${'@include(if: true) '.repeat(400)} }`), 400],
  ['a circle of fragments', () => query(circle), 400],
  ['fragments that double', () => query(doubling(40)), 400],
  ['a batch', () => `[${times(1_000, () => query('{ partnerTier }')).replaceAll('} {', '},{')}]`, 400],
  ['thousands of operations', () => query(times(400, (index) => `query Q${index} { partnerTier }`)), 400],
  [
    'variables of five megabytes',
    () => query(session, { input: { sessionId: 'x'.repeat(5 * 1024 * 1024), segments: [] } }),
    413,
  ],
  ['variables nested without end', () => nestedVariables(200_000), 400],
  [
    'variables of many items',
    () => query(session, { input: { sessionId: 'x', segments: Array.from({ length: 100_000 }, () => ({})) } }),
    400,
  ],
  ['a long name', () => query(`{ ${'a'.repeat(900_000)} }`), 400],
  ['a long comment', () => query(`#${'a'.repeat(900_000)}\n{ partnerTier }`), 200],
  ['a text block without end', () => query(`{ topics(after: """${'\\"""'.repeat(100_000)}`), 400],
]

function nestedVariables(depth: number): string {
  return `{"query":${JSON.stringify(session)},"variables":{"input":${'['.repeat(depth)}${']'.repeat(depth)}}}`
}

/** An installation, somebody who means it harm, and somebody who does not. */
export interface AttackedWorld {
  installation: TestInstallation
  attacker: GraphqlClient
  harmless: GraphqlClient
}

/** There each may ask as often as they like: what is refused is refused for what it is. */
export async function startAttackedWorld(): Promise<AttackedWorld> {
  const plenty = { tries: 10_000_000, perSeconds: 60 }
  const allowances = { account: plenty, client: plenty, mutation: plenty, request: plenty }
  const installation = await startTestInstallation({ over: { allowances } })
  const [attacker, harmless] = [await signUpClient(installation.url), await signUpClient(installation.url)]
  return { installation, attacker, harmless }
}

export async function throwBomb(url: string, body: string, cookie: string | null): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(cookie === null ? {} : { cookie }) }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}

/** All of them at once, so many times each; each has to be answered as it is to be. */
export async function throwBombs(url: string, cookie: string | null, times: number): Promise<void> {
  const thrown = bombs.flatMap(([name, body, status]) =>
    Array.from({ length: times }, async () => expect(await throwBomb(url, body(), cookie), name).toBe(status)),
  )
  await Promise.all(thrown)
}

/** Announces a body and sends a byte of it now and then. Gives the status line with which the server loses patience. */
export async function sendSlowly(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"query":',
  )
  const drip = setInterval(() => socket.write(' '), 200)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => {
    clearInterval(drip)
    chunks.push(chunk)
  })
  // What was written just before the server hung up is an error, and none that matters here.
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  return Buffer.concat(chunks).toString('utf8').split('\r\n')[0] ?? ''
}

/** Asks something harmless again and again while `work` is under way. Gives how long each answer took, in milliseconds. */
export async function askMeanwhile(client: GraphqlClient, work: () => Promise<void>): Promise<number[]> {
  const tookMs: number[] = []
  const over = new AbortController()
  const asking = (async () => {
    while (!over.signal.aborted) {
      const startedAt = performance.now()
      const { viewer } = await client.ask('{ viewer { email } }')
      if (viewer === null) throw new Error('whoever means no harm was not served')
      tookMs.push(performance.now() - startedAt)
    }
  })()
  try {
    await work()
  } finally {
    over.abort()
    await asking
  }
  return tookMs
}

/** Prints how whoever means no harm was served, and how much is held afterwards where that was measured. */
export function reportMeanwhile(under: string, tookMs: readonly number[], grownMebibytes?: number): void {
  const held = grownMebibytes === undefined ? '' : `, ${grownMebibytes.toFixed(1)} MiB more held afterwards`
  console.info(`under ${under}: ${tookMs.length} answers, p99 ${percentile(tookMs, 0.99).toFixed(0)} ms${held}`)
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
