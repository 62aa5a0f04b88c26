// @vitest-environment happy-dom
/** A whole conversation without a browser's sound and network: what is kept, muted and told when the call is lost. */
import { ApolloClient, ApolloLink } from '@apollo/client'
import { of } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createParleyCache } from '../../../client/cache.ts'
import { createSessionApi } from '../../../web/graphql/session-api.ts'
import type { LiveSession } from '../../../web/realtime/live-session.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import type { Microphone } from '../../../web/realtime/microphone.ts'
import type { RecorderEvents } from '../../../web/realtime/recorder.ts'
import type { ClientSecret, SessionApi } from '../../../web/realtime/session-api.ts'
import { startLiveSession } from '../../../web/realtime/start-live-session.ts'
import { FakePeer } from '../support/fake-peer.ts'

/** A recorder that the test speaks through; this environment has none. */
const sound = vi.hoisted(() => ({ events: null as RecorderEvents | null }))
vi.mock('../../../web/realtime/level-meter.ts', () => ({
  createLevelMeter: () => ({ read: () => 0.6, close: () => undefined }),
}))
vi.mock('../../../web/realtime/recorder.ts', () => ({
  startRecorder: async (_context: unknown, _learner: unknown, events: RecorderEvents) => {
    sound.events = events
    return {
      mimeType: 'audio/webm',
      startedAtMs: performance.now(),
      setLearner: () => undefined,
      setPartner: () => undefined,
      stop: async () => undefined,
    }
  },
}))

interface FakeMicrophone extends Microphone {
  isMuted: boolean
}

/** Open, as every new one is. */
function createMicrophone(label: string): FakeMicrophone {
  return {
    stream: {} as MediaStream,
    track: { label, readyState: 'live' } as MediaStreamTrack,
    hasVoice: true,
    deviceId: label,
    label,
    isMuted: false,
    setMuted(isMuted) {
      this.isMuted = isMuted
    },
    onLost: () => () => undefined,
    close: () => undefined,
  }
}

const secret = (callNumber: number): ClientSecret => ({ callNumber, value: 'ek_test', callUrl: `/calls/${callNumber}` })
/** What the server answers when the page asks for a fresh call. */
let mint: () => Promise<ClientSecret>
/** How much text was told to be owed at each end, and what was stored of the sound. */
let ended: number[]
let stored: number[]
const api: SessionApi = {
  startConversation: async () => ({ sessionId: 's', title: 'Food', clientSecret: secret(1) }),
  mintClientSecret: () => mint(),
  keepAlive: async () => 600,
  appendSegments: async () => undefined,
  endSession: async (_sessionId, _reason, pendingSegments) => void ended.push(pendingSegments),
  presignRecording: async () => ({ recordingId: 'r', uploadUrl: '/blobs/r', headers: [] }),
  completeRecording: async () => undefined,
}

async function startTalk(microphone = createMicrophone('first')): Promise<LiveSession> {
  const session = await startLiveSession(
    {
      topicId: 't',
      viewerId: 'v',
      talk: 'GUIDED',
      voiceSource: 'PROVIDER',
      maxSeconds: 900,
      microphone,
      context: { resume: async () => undefined, close: async () => undefined } as unknown as AudioContext,
    },
    {
      api,
      outbox: createMemoryOutbox(),
      remux: async (slices) => {
        const bytes = await new Blob([...slices]).arrayBuffer()
        return { bytes, mimeType: 'audio/webm', durationSeconds: 1 }
      },
      upload: async (_url, _headers, bytes) => void stored.push(...new Uint8Array(bytes)),
    },
  )
  await openCall()
  return session
}

/** The attempt that is due comes through. */
async function openCall(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_000)
  FakePeer.last.channel.open()
  await vi.advanceTimersByTimeAsync(0)
}

const loseCall = (): void => FakePeer.last.channel.close()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('RTCPeerConnection', FakePeer)
  vi.stubGlobal('MediaStream', class {})
  vi.stubGlobal('fetch', async () => new Response('the answer', { status: 201 }))
  mint = () => new Promise(() => undefined)
  ended = []
  stored = []
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('another microphone', () => {
  it.each([
    ['muted', (session: LiveSession) => session.setMuted(true)],
    ['in push-to-talk', (session: LiveSession) => session.pushToTalk.set(true)],
  ])(
    'is taken while the call is away, stays closed for a learner who is %s, and is heard in the next call',
    async (_, close) => {
      const session = await startTalk()
      close(session)
      session.store.addProblem('microphone-lost')
      loseCall()
      expect(session.store.get().phase).toBe('reconnecting')
      const second = createMicrophone('second')
      await session.replaceMicrophone(second)
      expect(second.isMuted).toBe(true)
      expect(session.store.get().problems).toEqual([])
      mint = async () => secret(2)
      session.reconnectNow()
      await openCall()
      expect(session.store.get().phase).toBe('live')
      expect(FakePeer.last.track).toBe(second.track)
    },
  )

  it('is muted as the page says even where the call does not take it', async () => {
    const session = await startTalk()
    session.setMuted(true)
    FakePeer.last.refusal = new DOMException('not this one', 'InvalidModificationError')
    const second = createMicrophone('second')
    await expect(session.replaceMicrophone(second)).rejects.toThrow('not this one')
    expect(second.isMuted).toBe(true)
  })

  it('is heard in the call that is up', async () => {
    const session = await startTalk()
    const second = createMicrophone('second')
    await session.replaceMicrophone(second)
    expect(FakePeer.last.track).toBe(second.track)
    expect(second.isMuted).toBe(false)
  })
})

describe('a learner without a microphone', () => {
  const startTyping = (): Promise<LiveSession> => startTalk({ ...createMicrophone(''), hasVoice: false })

  it('is offered to the partner as one who only listens', async () => {
    await startTyping()
    expect([FakePeer.last.direction, FakePeer.last.track]).toEqual(['recvonly', null])
  })

  it('who gets one is heard in a fresh call, in which the talk goes on', async () => {
    const session = await startTyping()
    const [former, first] = [FakePeer.last, createMicrophone('first')]
    mint = async () => secret(2)
    await session.replaceMicrophone(first)
    expect(session.store.get().phase).toBe('connecting')
    await openCall()
    expect(former.isClosed).toBe(true)
    expect(session.store.get().phase).toBe('live')
    expect([FakePeer.last.direction, FakePeer.last.track]).toEqual([null, first.track])
    expect(FakePeer.last.channel.sent.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual([
      'response.create',
    ])
  })
})

describe('a call that cannot be connected again', () => {
  /** The server's answer to every wish for a fresh call. */
  function refuseCalls(retryable: boolean) {
    const fault = { __typename: 'ProviderFault', code: 'PROVIDER_UNAVAILABLE', message: 'No.', retryable }
    const link = new ApolloLink(() => of({ data: { mintClientSecret: fault } }))
    const server = createSessionApi(new ApolloClient({ link, cache: createParleyCache() }))
    const asked = vi.fn(() => server.mintClientSecret('s'))
    mint = asked
    return asked
  }

  it('ends the conversation, says why and saves it, where the server refuses it for good', async () => {
    const session = await startTalk()
    await sound.events?.onSlice(new Uint8Array([1, 2]).buffer, 0)
    const asked = refuseCalls(false)
    loseCall()
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.waitFor(() => expect(session.store.get().phase).toBe('saved'))
    expect(session.store.get().endCause).toBe('refused')
    expect([ended, stored]).toEqual([[0], [1, 2]])
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('is tried again, and ends nothing, where the refusal may pass', async () => {
    const session = await startTalk()
    const asked = refuseCalls(true)
    loseCall()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(session.store.get()).toMatchObject({ phase: 'reconnecting', endCause: null })
    expect(asked.mock.calls.length).toBeGreaterThan(3)
    expect(ended).toEqual([])
  })
})
