/** From an append that is sent to one node until its words have arrived at a reader on the other node. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'graphql-ws'
import WebSocket from 'ws'
import { idOf, toGlobalId } from '../../schema/global-id.ts'
import type { SessionId, UserId } from '../../server/domain/ids.ts'
import { storeSession, withConnection } from '../db/stored-rows.ts'
import { appendSegmentsDocument, type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { segmentsDocument } from '../support/subscription-documents.ts'
import type { BenchInstallation } from './bench-installation.ts'
import { inMs, percentile, type Row } from './figures.ts'
import { postJson } from './post-json.ts'

const text = 'On Saturday I usually meet my friends, and sometimes we cook together. '.repeat(2)
const appendsAlone = 400
const sessionsAtOnce = 200
const secondsAtOnce = 12
const writersAtFull = 32
const secondsAtFull = 5

/** A way to write one item and to hear of it, whatever is behind it. */
interface Channel {
  append(item: number): Promise<void>
  onItem: (item: number) => void
}

interface Target {
  channels: Channel[]
  close(): Promise<void>
}

export async function measureDelivery(installation: BenchInstallation, nodes: [string, string]): Promise<Row[]> {
  const parley = await openParley(installation, nodes)
  const bare = await openBare([
    await installation.startProcess('bare-process.ts'),
    await installation.startProcess('bare-process.ts'),
  ])
  try {
    const rows: Row[] = []
    const alone = { parley: await appendOneByOne(parley), bare: await appendOneByOne(bare) }
    rows.push(...toRows('append on A to delivery on B, 1 session', alone.parley, alone.bare))
    const many = { parley: await appendEverySecond(parley), bare: await appendEverySecond(bare) }
    rows.push(...toRows(`the same, ${sessionsAtOnce} sessions x 1 append/s`, many.parley, many.bare))
    const full = { parley: await appendAtFull(parley), bare: await appendAtFull(bare) }
    rows.push({
      what: `appends, ${writersAtFull} writers, with delivery`,
      figure: `${full.parley.toFixed(0)}/s`,
      limit: `${full.bare.toFixed(0)}/s`,
      ratio: full.parley / full.bare,
    })
    return rows
  } finally {
    await Promise.all([parley.close(), bare.close()])
  }
}

function toRows(what: string, samples: readonly number[], limits: readonly number[]): Row[] {
  return ([0.5, 0.99] as const).map((share) => {
    const [figure, limit] = [percentile(samples, share), percentile(limits, share)]
    return {
      what: `${what}, p${share * 100}`,
      figure: inMs(figure),
      limit: `${inMs(limit)} (bare)`,
      ratio: figure / limit,
    }
  })
}

const lastItems = new WeakMap<Channel, number>()

/** Sends the channel's next item; gives how long it took to arrive. */
async function roundTrip(channel: Channel): Promise<number> {
  const item = (lastItems.get(channel) ?? 0) + 1
  lastItems.set(channel, item)
  const arrived = new Promise<void>((resolve) => {
    channel.onItem = (seen) => {
      if (seen >= item) resolve()
    }
  })
  const startedAt = performance.now()
  const acknowledged = channel.append(item)
  await arrived
  const took = performance.now() - startedAt
  await acknowledged
  return took
}

async function appendOneByOne({ channels: [channel] }: Target): Promise<number[]> {
  const samples: number[] = []
  if (!channel) throw new Error('there is no session')
  for (let count = 0; count < appendsAlone; count += 1) samples.push(await roundTrip(channel))
  return samples.slice(appendsAlone / 10)
}

/** Each session at its own moment of the second. */
async function appendEverySecond({ channels }: Target): Promise<number[]> {
  const samples: number[] = []
  const startedAt = performance.now()
  const speak = async (channel: Channel, index: number): Promise<void> => {
    for (let second = 0; second < secondsAtOnce; second += 1) {
      const dueAt = startedAt + second * 1_000 + (index * 1_000) / channels.length
      await sleep(Math.max(0, dueAt - performance.now()))
      const took = await roundTrip(channel)
      if (second > 0) samples.push(took)
    }
  }
  await Promise.all(channels.map(speak))
  return samples
}

async function appendAtFull({ channels }: Target): Promise<number> {
  let count = 0
  const endAt = performance.now() + secondsAtFull * 1_000
  const write = async (channel: Channel): Promise<void> => {
    while (performance.now() < endAt) {
      await roundTrip(channel)
      count += 1
    }
  }
  await Promise.all(channels.slice(0, writersAtFull).map(write))
  return count / secondsAtFull
}

async function openParley(installation: BenchInstallation, [urlA, urlB]: [string, string]): Promise<Target> {
  const clients: { client: GraphqlClient; socket: Client; userId: UserId }[] = []
  for (let index = 0; index < 20; index += 1) {
    const client = await signUpClient(urlA)
    const { viewer } = await client.ask('{ viewer { id } }')
    const userId = idOf<UserId>(viewer.id, 'Viewer')
    if (userId === null) throw new Error(`no viewer's id: ${viewer.id}`)
    clients.push({ client, socket: client.openSocket(urlB), userId })
  }
  const channels: Channel[] = []
  await withConnection(installation.adminUrl, async (admin) => {
    for (let index = 0; index < sessionsAtOnce; index += 1) {
      const owner = clients[index % clients.length]
      if (owner)
        channels.push(openParleyChannel(owner.client, owner.socket, urlA, await storeSession(admin, owner.userId)))
    }
  })
  return {
    channels,
    async close() {
      for (const { socket } of clients) await socket.dispose()
    },
  }
}

function openParleyChannel(client: GraphqlClient, socket: Client, url: string, id: SessionId): Channel {
  const sessionId = toGlobalId('Conversation', id)
  const headers = { origin: url, cookie: client.cookie ?? '' }
  const channel: Channel = {
    onItem: () => undefined,
    async append(item) {
      const previousItemId = item === 1 ? null : `item-${item - 1}`
      const speaker = item % 2 === 0 ? 'LEARNER' : 'PARTNER'
      const segments = [
        segmentInput(`item-${item}`, { previousItemId, speaker, text, startMs: item * 10, endMs: item * 10 + 9 }),
      ]
      const answer = await postJson(
        `${url}/graphql`,
        { query: appendSegmentsDocument, variables: { input: { sessionId, segments } } },
        headers,
      )
      if (!answer.includes('AppendSegmentsPayload')) throw new Error(`not appended: ${answer}`)
    },
  }
  socket.subscribe<{ transcriptSegments: { revision: number } }>(
    { query: segmentsDocument, variables: { sessionId } },
    {
      next: ({ data, errors }) => {
        if (errors) throw new Error(JSON.stringify(errors))
        channel.onItem(data?.transcriptSegments.revision ?? 0)
      },
      error: (error) => console.error('a subscription failed', error),
      complete: () => undefined,
    },
  )
  return channel
}

async function openBare([urlA, urlB]: [string, string]): Promise<Target> {
  const sockets: WebSocket[] = []
  const open = async (_unused: unknown, index: number): Promise<Channel> => {
    const socket = new WebSocket(urlB.replace('http', 'ws'))
    sockets.push(socket)
    const session = `session-${index}`
    const channel: Channel = {
      onItem: () => undefined,
      append: async (item) => void (await postJson(urlA, { session, item, text })),
    }
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('open', () => socket.send(session))
      socket.on('message', (data: Buffer) => {
        const message = data.toString('utf8')
        if (message === 'ready') resolve()
        else channel.onItem(Number(message.split(' ')[1]))
      })
    })
    return channel
  }
  const channels = await Promise.all(Array.from({ length: sessionsAtOnce }, open))
  return {
    channels,
    close: async () => {
      for (const socket of sockets) socket.terminate()
    },
  }
}
