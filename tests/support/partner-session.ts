/** The protocol core with a scripted mind and recorded ports: every event it sends is checked against its shape. */
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import type { Cue, MindReply, PartnerMind } from '../../server/partner/protocol/partner-mind.ts'
import { RealtimeSession } from '../../server/partner/protocol/realtime-session.ts'
import { createSessionConfig, type SessionPatch } from '../../server/partner/session/session-config.ts'
import { assertWellFormed } from './partner-events.ts'

/** A session with a scripted mind and recorded ports. */
export function openSession(patch: Partial<SessionPatch> = {}) {
  const events: RealtimeServerEvent[] = []
  const did: string[] = []
  const cues: Cue[] = []
  const undone: string[] = []
  const resumed: unknown[] = []
  let voice = Promise.withResolvers<void>()
  voice.resolve()
  let buffered: Int16Array | null = new Int16Array(16_000)
  let lastId = 0
  const mind: PartnerMind = {
    configure: () => {},
    hear: () => Promise.resolve({ text: 'Committed words.', by: 'matched' }),
    reply(cue): MindReply {
      cues.push(cue)
      const text = `Answer ${cues.length}. And you?`
      return { text, toolCall: { name: 'offer_replies', arguments: '{"replies":[]}' }, undo: () => undone.push(text) }
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
        events.push(event)
      },
      play: (responseId) => did.push(`play ${responseId}`),
      endPlaying: () => did.push('end'),
      stopPlaying: () => did.push('stop'),
      listen: ({ silenceMs }) => did.push(`listen ${silenceMs}`),
      commitInput: () => Promise.resolve(buffered),
      clearInput: () => did.push('clear-input'),
      newId: (prefix) => `${prefix}_${++lastId}`,
    },
    mind,
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
    types: (from = 0) => events.slice(from).map((event) => event.type),
    find: <T extends RealtimeServerEvent['type']>(type: T) =>
      events.filter((event): event is Extract<RealtimeServerEvent, { type: T }> => event.type === type),
    send: (event: object) => session.receive(JSON.stringify(event)),
    holdVoice: () => (voice = Promise.withResolvers()),
    letVoice: () => voice.resolve(),
    emptyBuffer: () => (buffered = null),
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  }
}

export async function speakInto(open: ReturnType<typeof openSession>, words: string | Promise<string>) {
  open.session.speechStarted(100)
  const heard = Promise.resolve(words).then((text) => ({ text, by: 'matched' as const }))
  open.session.speechStopped(2_000, heard, 1.5)
  await open.settled()
}
