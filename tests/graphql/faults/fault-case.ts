/** One way to bring about one fault of one mutation. */
import { randomUUID } from 'node:crypto'
import { BlobStoreUnavailableError, type BlobStore } from '../../../server/storage/blob-store.ts'
import { GraphqlClient, signUpClient } from '../../support/graphql-client.ts'
import {
  startTestInstallation,
  type TestInstallation,
  type TestInstallationOptions,
} from '../../support/installation.ts'
import { tokenInput } from '../an-access-token.ts'
import { announce, createTestClock, lookUp } from '../a-session.ts'

export interface FaultCase {
  mutation: string
  fault: string
  when: string
  /** What the answer says beside the fault's name, code and message. */
  says?: Record<string, unknown>
  /** Gives the mutation's answer. */
  // oxlint-disable-next-line typescript/no-explicit-any
  cause(world: World): Promise<any>
}

/** Installations of several kinds, each started when it is first asked for. */
export class World {
  readonly #started = new Map<Kind, Promise<TestInstallation>>()
  readonly time = createTestClock()

  installation(kind: Kind = 'plain'): Promise<TestInstallation> {
    const known = this.#started.get(kind)
    if (known) return known
    const started = startTestInstallation(kinds[kind](this))
    this.#started.set(kind, started)
    return started
  }

  /** A client that is signed up, to an installation of this kind. */
  async learner(kind: Kind = 'plain'): Promise<GraphqlClient> {
    return signUpClient((await this.installation(kind)).url)
  }

  /** A client that is signed in as an administrator. */
  async administrator(): Promise<GraphqlClient> {
    const client = await this.learner()
    const newest = `update users set role = 'ADMIN' where id = (select id from users order by id desc limit 1)`
    await lookUp(await this.installation(), newest)
    return client
  }

  /** A client that is not signed in. */
  async visitor(kind: Kind = 'plain'): Promise<GraphqlClient> {
    return new GraphqlClient((await this.installation(kind)).url)
  }

  async close(): Promise<void> {
    for (const started of this.#started.values()) await (await started).close()
  }
}

export type Kind =
  | 'plain'
  | 'lonely'
  | 'timed'
  | 'tight'
  | 'few sign-ups'
  | 'no practice'
  | 'ten minutes'
  | 'PRO activates'
  | 'one at a time'
  | 'payment service away'
  | 'store away'
  | 'store that cannot be read'

const plenty = { tries: 10_000, perSeconds: 60 }

const kinds: Record<Kind, (world: World) => TestInstallationOptions> = {
  plain: () => ({ over: { allowances: { account: plenty, client: plenty, mutation: plenty, request: plenty } } }),
  lonely: () => ({}),
  timed: (world) => ({ over: { clock: world.time.clock } }),
  tight: () => ({
    over: {
      allowances: { account: { tries: 2, perSeconds: 60 }, client: plenty, mutation: { tries: 2, perSeconds: 60 } },
    },
  }),
  'few sign-ups': () => ({
    over: { allowances: { account: plenty, client: { tries: 1, perSeconds: 60 }, mutation: plenty, request: plenty } },
  }),
  'no practice': () => ({ env: { DAILY_MINUTES_BASIC: '0', DAILY_MINUTES_PRO: '60' } }),
  'PRO activates': () => ({ env: { PRO_ACTIVATES_PACKS: 'true' } }),
  'ten minutes': () => ({ env: { DAILY_MINUTES_BASIC: '10' } }),
  'one at a time': () => ({ env: { MAX_ACTIVE_CONVERSATIONS: '1' } }),
  'payment service away': () => ({
    env: {
      STRIPE_SECRET_KEY: 'sk_test_nobody',
      STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
      STRIPE_PRICE_BASIC: 'price_basic',
      STRIPE_PRICE_PRO: 'price_pro',
      // Nothing listens there.
      STRIPE_API_BASE: 'http://127.0.0.1:1',
    },
  }),
  'store that cannot be read': () => ({
    wrapBlobs: (store) => ({ ...store, read: (key) => storeThatIsAway().read(key) }),
  }),
  'store away': () => ({ over: { blobs: storeThatIsAway() } }),
}

function storeThatIsAway(): BlobStore {
  const fail = (): Promise<never> =>
    Promise.reject(new BlobStoreUnavailableError('be reached', new Error('connection refused')))
  const list = (): AsyncIterable<never> => ({ [Symbol.asyncIterator]: () => ({ next: fail }) })
  return {
    presignPut: fail,
    head: fail,
    presignGet: fail,
    copy: fail,
    put: fail,
    putStream: fail,
    delete: fail,
    read: fail,
    list,
    check: fail,
  }
}

/** Input that is good in form, about things that do not exist. */
export function aboutNothing(mutation: string): Record<string, unknown> {
  const sessionId = `Conversation_${randomUUID()}`
  const input: Record<string, Record<string, unknown>> = {
    startSession: { requestId: randomUUID(), activity: { conversation: { topicId: `Topic_${randomUUID()}` } } },
    appendSegments: {
      sessionId,
      segments: [{ itemId: 'a', speaker: 'LEARNER', text: 'Hello', startMs: 0, endMs: 1, final: true }],
    },
    endSession: { sessionId },
    presignRecording: announce(sessionId, 'audio'),
    submitDrillResponse: { sessionId: `Drill_${randomUUID()}`, response: { text: 'I said this.' } },
    provideLearnerText: { sessionId, text: 'I said this.' },
    updateViewer: {},
    createCheckout: { entitlement: 'PRO' },
    redeemPasswordReset: { token: 'nothing', newPassword: 'another good password' },
    createAccessToken: tokenInput(),
    publishSession: { sessionId, includeAudio: false },
    deleteAccount: { password: 'not the password' },
    changePassword: { currentPassword: 'not the password', newPassword: 'another good password' },
  }
  if (mutation === 'exportData') return { requestId: randomUUID(), sessionId }
  if (mutation === 'revokeAccessToken') return { id: `AccessToken_${randomUUID()}` }
  if (mutation === 'completeRecording' || mutation === 'retryRecording')
    return { recordingId: `Recording_${randomUUID()}` }
  if (mutation === 'setEntitlement') return { userId: `User_${randomUUID()}`, entitlement: 'PRO' }
  if (mutation === 'uploadContentPack') return { input: { json: '{}' } }
  if (mutation.endsWith('ContentPack')) return { id: `ContentPack_${randomUUID()}` }
  if (mutation === 'resetUserPassword') return { userId: `User_${randomUUID()}` }
  const found = input[mutation]
  return found ? { input: found } : { sessionId }
}
