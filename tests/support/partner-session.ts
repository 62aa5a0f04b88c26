/** The protocol core with a scripted mind, recorded ports and a clock of its own: every event it sends is checked against its schema. */
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import type { Cue, HeardWords, MindReply, PartnerMind } from '../../server/partner/protocol/partner-mind.ts'
import { RealtimeSession } from '../../server/partner/protocol/realtime-session.ts'
import {
  createSessionConfig,
  type SessionConfig,
  type SessionPatch,
} from '../../server/partner/session/session-config.ts'
import { assertWellFormed } from './partner-events.ts'

type Words = string | Promise<string>
const SAMPLES_PER_MS = 16
const OFFERED = { name: 'offer_replies', arguments: '{"replies":[]}' }
/** Instructions at which the scripted mind fails. */
export const UNBEARABLE = 'unbearable'

/** A session with a scripted mind and recorded ports. */
export function openSession(patch: Partial<SessionPatch> = {}) {
  const events: RealtimeServerEvent[] = []
  const did: string[] = []
  const cues: Cue[] = []
  const undone: string[] = []
  const resumed: unknown[] = []
  /** Lengths of the utterances that were to be recognised, in ms. */
  const recognisedMs: number[] = []
  const configured: SessionConfig[] = []
  const clock = makeClock()
  let voice = Promise.withResolvers<void>()
  voice.resolve()
  let buffered: Int16Array | null = new Int16Array(16_000)
  let lastId = 0
  let toWords: (utteranceMs: number) => Words = () => 'Committed words.'
  let toReply = (number: number): Partial<MindReply> => ({ text: `Answer ${number}. And you?` })
  const mind: PartnerMind = {
    configure(config) {
      if (config.instructions === UNBEARABLE) throw new Error('Not with me')
      configured.push(config)
    },
    async hear(utterance): Promise<HeardWords> {
      const utteranceMs = utterance.length / SAMPLES_PER_MS
      recognisedMs.push(utteranceMs)
      return { text: await toWords(utteranceMs), by: 'matched' }
    },
    reply(cue): MindReply {
      cues.push(cue)
      const reply = { text: '', toolCall: OFFERED, ...toReply(cues.length) }
      return { ...reply, undo: () => undone.push(reply.text) }
    },
    resume: (lines) => resumed.push(lines),
    async say() {
      await voice.promise
      return new Int16Array(2_400)
    },
  }
  const session = new RealtimeSession(
    {
      send(event) {
        assertWellFormed(event)
        // As it is when it goes out: what is changed later must not change it.
        events.push(structuredClone(event))
      },
      play: (responseId) => did.push(`play ${responseId}`),
      endPlaying: () => did.push('end'),
      stopPlaying: () => did.push('stop'),
      listen: ({ silenceMs }) => did.push(`listen ${silenceMs}`),
      commitInput: () => Promise.resolve(buffered),
      clearInput: () => did.push('clear-input'),
      newId: (prefix) => `${prefix}_${++lastId}`,
      nowMs: () => clock.nowMs(),
      schedule: (delayMs, work) => clock.schedule(delayMs, work),
    },
    mind,
    3,
    createSessionConfig('sess_1', { type: 'realtime', audio: { input: { transcription: { model: 'm' } } }, ...patch }),
  )
  session.start()
  return {
    session,
    events,
    did,
    cues,
    undone,
    resumed,
    recognisedMs,
    configured,
    types: (from = 0) => events.slice(from).map((event) => event.type),
    find: <T extends RealtimeServerEvent['type']>(type: T) =>
      events.filter((event): event is Extract<RealtimeServerEvent, { type: T }> => event.type === type),
    send: (event: object) => session.receive(JSON.stringify(event)),
    /** What an utterance of so many ms is recognised as. */
    recognise: (next: (utteranceMs: number) => Words) => (toWords = next),
    replyWith: (next: (number: number) => Partial<MindReply>) => (toReply = next),
    advance: (byMs: number) => clock.advance(byMs),
    holdVoice: () => (voice = Promise.withResolvers()),
    letVoice: () => voice.resolve(),
    breakVoice: () => {
      voice = Promise.withResolvers()
      voice.promise.catch(() => {})
      voice.reject(new Error('The voice has ended'))
    },
    emptyBuffer: () => (buffered = null),
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  }
}

/** A turn of 1.5 s by microphone, which is answered; then its words are told, for the answer is heard. */
export async function speakInto(open: ReturnType<typeof openSession>, words: Words) {
  open.recognise(() => words)
  open.session.speechStarted(100)
  open.session.speechStopped(2_000, utteranceOf(1_500))
  await open.settled()
}

export function utteranceOf(durationMs: number): Int16Array {
  return new Int16Array(durationMs * SAMPLES_PER_MS)
}

/** The playout of the latest response: begins to be heard, and is heard to its end. */
export async function hearAnswer(open: ReturnType<typeof openSession>) {
  const responseId = open.find('response.created').at(-1)?.response.id ?? ''
  open.session.playingStarted(responseId)
  open.session.playingDrained(responseId)
  await open.settled()
}

function makeClock() {
  let nowMs = 0
  let due: { atMs: number; work: () => void }[] = []
  return {
    nowMs: () => nowMs,
    schedule(delayMs: number, work: () => void) {
      const entry = { atMs: nowMs + delayMs, work }
      due.push(entry)
      return () => {
        due = due.filter((other) => other !== entry)
      }
    },
    advance(byMs: number) {
      nowMs += byMs
      const ready = due.filter((entry) => entry.atMs <= nowMs)
      due = due.filter((entry) => entry.atMs > nowMs)
      for (const { work } of ready) work()
    },
  }
}
