/**
 * One learner's conversation by the page's own code (queue, outbox, retries, saving), over a way to the server on which things
 * go wrong. Everything but the sound and the peer connection is real.
 */
import { createHash, randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ApolloClient, HttpLink } from '@apollo/client'
import type { SegmentInput } from '../../server/domain/transcript.ts'
import { createParleyCache } from '../../client/cache.ts'
import { createSessionApi } from '../../web/graphql/session-api.ts'
import { createMemoryOutbox } from '../../web/realtime/memory-outbox.ts'
import { patientRetry, retry, type RetryOptions } from '../../web/realtime/retry.ts'
import { saveSession } from '../../web/realtime/save-session.ts'
import { SegmentQueue } from '../../web/realtime/segment-queue.ts'
import { ApiFault, type ClientSecret, type SessionApi } from '../../web/realtime/session-api.ts'
import { segmentInput } from '../support/segment-input.ts'
import { type GraphqlClient, signUpClient, topicId } from '../support/graphql-client.ts'
import { nextServiceFault, type ServiceFault } from './fault-mix.ts'
import type { Random } from './random.ts'

export interface LearnerWorld {
  /** Where a request gets through that nothing happens to. */
  nodeUrl(): string
  clock(): Date
  wait(seconds: number): void | Promise<void>
  /** Sends a request, and lets `fault` happen to it. Throws where no answer comes. */
  send(path: string, init: RequestInit, fault: ServiceFault | null): Promise<Response>
}

export interface RunResult {
  account: GraphqlClient
  sessionId: string
  /** What the learner and the partner said, in order. */
  said: SegmentInput[]
  sound: Buffer
  /** Everything was saved in the first go, without another visit to the page. */
  isRecovered: boolean
  faults: string[]
  /** By the learner's clock, from the end of the talk until everything was saved. */
  savedAfterSeconds: number
}

const turns = 12
/** Visits until everything is saved: more than this is a loss. */
const mostVisits = 12

export async function runLearner(world: LearnerWorld, random: Random): Promise<RunResult> {
  const learner = await createLearner(world, random)
  const { sessionId, clientSecret } = await learner.start()
  await learner.call(sessionId, clientSecret)
  const said = await learner.talk(sessionId)
  const endedAtMs = world.clock().getTime()
  let visits = 1
  while (!(await learner.save(sessionId))) {
    visits += 1
    if (visits > mostVisits) throw new Error(`not saved after ${mostVisits} visits`)
    await world.wait(60)
  }
  return {
    account: learner.account,
    sessionId,
    said,
    sound: learner.sound,
    isRecovered: visits === 1,
    faults: learner.faults,
    savedAfterSeconds: (world.clock().getTime() - endedAtMs) / 1_000,
  }
}

async function createLearner(world: LearnerWorld, random: Random) {
  const account = await signUpClient(world.nodeUrl())
  const topic = await topicId(account)
  const faults: string[] = []
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const fault = nextServiceFault(random)
    if (fault) faults.push(fault.kind)
    const headers = { ...(init.headers as Record<string, string>), cookie: account.cookie ?? '' }
    return world.send(path, { ...init, headers }, fault)
  }
  const api = createSessionApi(createClient(send))
  const outbox = createMemoryOutbox()
  const patience: RetryOptions = {
    ...patientRetry,
    // The learner's clock goes on; nobody really waits.
    wait: async (milliseconds) => await world.wait(milliseconds / 1_000),
  }
  const sound = Buffer.from(Array.from({ length: 2_000 + random.below(6_000) }, () => random.below(256)))

  return {
    account,
    faults,
    sound,
    start: () => startPatiently(api, topic, patience),
    /** As a page does that connects: a secret that did not lead to a call is replaced by a fresh one. */
    async call(sessionId: string, first: ClientSecret | null): Promise<void> {
      let secret = first
      await retry(
        async () => {
          secret ??= await api.mintClientSecret(sessionId).catch(untilSomebodyAnswers)
          const isConnected = await isAnswered(send, secret)
          secret = null
          if (!isConnected) throw new ApiFault('NETWORK', 'not connected', { isRetryable: true })
        },
        { ...patience, attempts: 40 },
      )
    },
    async talk(sessionId: string): Promise<SegmentInput[]> {
      const startedAtMs = world.clock().getTime()
      await outbox.putSession({
        sessionId,
        viewerId: 'me',
        title: 'Talk',
        startedAtMs,
        updatedAtMs: startedAtMs,
        isEndSent: false,
      })
      await outbox.putPart({
        sessionId,
        part: 1,
        mimeType: 'audio/webm',
        startMs: 0,
        durationMs: 1_000,
        isUploaded: false,
      })
      await outbox.putSlice(sessionId, 1, 0, new Uint8Array(sound).buffer)
      const queue = new SegmentQueue({ sessionId, api, outbox, partialDelayMs: 1, firstRetryMs: 1 })
      const said: SegmentInput[] = []
      for (let turn = 0; turn < turns; turn += 1) {
        const { partial, final } = toTurn(turn, said.at(-1)?.itemId ?? null, random)
        queue.offer([...said, partial])
        await nextTurn()
        said.push(final)
        queue.offer(said)
        await nextTurn()
        await world.wait(4)
        if (turn % 4 === 3) await api.keepAlive(sessionId).catch(() => 0)
      }
      // The page gives what is on its way a moment; what is not there then goes the way of every later visit.
      await queue.drain(20)
      queue.stop()
      return said
    },
    /** False where something is still owed. */
    async save(sessionId: string): Promise<boolean> {
      try {
        await saveSession(sessionId, {
          api,
          outbox,
          remux: async (slices, mimeType) => ({
            bytes: slices[0] ?? new ArrayBuffer(0),
            mimeType,
            durationSeconds: turns * 4,
          }),
          upload: (url, headers, bytes) => upload(send, url, headers, bytes),
          retry: patience,
        })
        return true
      } catch (error) {
        if (error instanceof ApiFault && !error.isRetryable) throw error
        return false
      }
    },
  }
}

type Send = (path: string, init: RequestInit) => Promise<Response>

function createClient(send: Send): ApolloClient {
  const viaWorld: typeof fetch = (_url, init) => send('/graphql', init ?? {})
  return new ApolloClient({
    link: new HttpLink({ uri: 'http://parley/graphql', fetch: viaWorld }),
    cache: createParleyCache(),
  })
}

/** One request id for all tries. A session that failed for the voice service takes a new one, as the button does. */
async function startPatiently(api: SessionApi, topic: string, patience: RetryOptions) {
  let requestId: string = randomUUID()
  return retry(
    async () => {
      try {
        return await api.startConversation({ requestId, topicId: topic, talk: 'GUIDED' })
      } catch (error) {
        if (error instanceof ApiFault && error.code === 'PROVIDER_UNAVAILABLE') requestId = randomUUID()
        return untilSomebodyAnswers(error)
      }
    },
    { ...patience, attempts: 40 },
  )
}

/** A voice service that is down is not a fault of the request: the next one may be answered. */
function untilSomebodyAnswers(error: unknown): never {
  if (error instanceof ApiFault && error.code === 'PROVIDER_UNAVAILABLE')
    throw new ApiFault(error.code, error.message, { isRetryable: true })
  throw error
}

async function isAnswered(send: Send, secret: ClientSecret): Promise<boolean> {
  const headers = { 'content-type': 'application/sdp', authorization: `Bearer ${secret.value}` }
  const answer = await send(secret.callUrl, { method: 'POST', headers, body: 'v=0\r\ns=offer\r\n' }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.ok === true
}

async function upload(send: Send, url: string, headers: Record<string, string>, bytes: ArrayBuffer): Promise<void> {
  const answer = await send(url, { method: 'PUT', headers, body: bytes }).catch(() => null)
  await answer?.body?.cancel()
  if (!answer?.ok) throw new ApiFault('STORAGE_UNAVAILABLE', 'not taken', { isRetryable: true })
}

function toTurn(
  turn: number,
  previousItemId: string | null,
  random: Random,
): { partial: SegmentInput; final: SegmentInput } {
  const text = Array.from({ length: 3 + random.below(8) }, () =>
    random.pick(['and', 'then', 'tea', 'we', 'talk', 'so']),
  ).join(' ')
  const times = { startMs: turn * 4_000, endMs: turn * 4_000 + 3_000 }
  const base = { previousItemId, speaker: turn % 2 === 0 ? ('PARTNER' as const) : ('LEARNER' as const), ...times }
  const itemId = `item_${turn}_${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
  return {
    partial: segmentInput(itemId, { ...base, text: text.slice(0, 5), final: false }),
    final: segmentInput(itemId, { ...base, text }),
  }
}
