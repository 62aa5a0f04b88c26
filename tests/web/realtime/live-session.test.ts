// @vitest-environment happy-dom
/** A whole conversation without a browser's sound and network: what is kept, muted and told when the call is lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
const api: SessionApi = {
  startConversation: async () => ({ sessionId: 's', title: 'Food', clientSecret: secret(1) }),
  mintClientSecret: () => mint(),
  keepAlive: async () => 600,
  appendSegments: async () => undefined,
  endSession: async () => undefined,
  presignRecording: async () => ({ recordingId: 'r', uploadUrl: '/blobs/r', headers: [] }),
  completeRecording: async () => undefined,
}

async function startTalk(): Promise<LiveSession> {
  const session = await startLiveSession(
    {
      topicId: 't',
      viewerId: 'v',
      talk: 'GUIDED',
      voiceSource: 'PROVIDER',
      maxSeconds: 900,
      microphone: createMicrophone('first'),
      context: { resume: async () => undefined, close: async () => undefined } as unknown as AudioContext,
    },
    {
      api,
      outbox: createMemoryOutbox(),
      remux: async () => ({ bytes: new ArrayBuffer(1), mimeType: 'audio/webm', durationSeconds: 1 }),
      upload: async () => undefined,
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
