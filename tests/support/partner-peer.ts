/** A learner's end of a call: a WebRTC peer in this process with a microphone that plays what it is given. */
import wrtc, { type Channel } from '@roamhq/wrtc'
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { assertClientEvent, assertWellFormed } from './partner-events.ts'

const RATE = 16_000
const FRAME = RATE / 100
const SILENCE = new Int16Array(FRAME)
const PATIENCE_MS = 30_000

export type EventOf<T extends RealtimeServerEvent['type']> = Extract<RealtimeServerEvent, { type: T }>

export class PartnerPeer {
  readonly events: RealtimeServerEvent[] = []
  /** Arrival times in the order of `events`. */
  readonly arrivals: number[] = []
  readonly callId: string
  /** Loudness (RMS, 0..1) of each 10 ms frame heard, with its time. */
  readonly heard: { atMs: number; rms: number }[] = []
  isChannelClosed = false
  /** When the last frame that was to be said went out. */
  spokenUntilMs = 0
  readonly #connection: InstanceType<typeof wrtc.RTCPeerConnection>
  readonly #channel: Channel
  readonly #baseUrl: string
  readonly #secret: string
  readonly #stopMicrophone: () => void
  #toSay: Int16Array[] = []
  #said = () => {}
  #waiting: (() => void)[] = []

  constructor(parts: {
    connection: InstanceType<typeof wrtc.RTCPeerConnection>
    channel: Channel
    source: InstanceType<typeof wrtc.nonstandard.RTCAudioSource>
    baseUrl: string
    secret: string
    callId: string
  }) {
    this.#connection = parts.connection
    this.#channel = parts.channel
    this.#baseUrl = parts.baseUrl
    this.#secret = parts.secret
    this.callId = parts.callId
    parts.channel.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as RealtimeServerEvent)
    parts.channel.onclose = () => {
      this.isChannelClosed = true
      this.#wake()
    }
    const track = parts.connection.getReceivers()[0]?.track
    const sink = track ? new wrtc.nonstandard.RTCAudioSink(track) : null
    if (sink) sink.ondata = ({ samples }) => this.heard.push({ atMs: performance.now(), rms: rmsOf(samples) })
    const startedAtMs = performance.now()
    let sent = 0
    const timer = setInterval(() => {
      for (const due = Math.floor((performance.now() - startedAtMs) / 10); sent < due; sent += 1) {
        parts.source.onData({
          samples: this.#nextFrame(),
          sampleRate: RATE,
          bitsPerSample: 16,
          channelCount: 1,
          numberOfFrames: FRAME,
        })
      }
    }, 5)
    this.#stopMicrophone = () => {
      clearInterval(timer)
      sink?.stop()
    }
  }

  get state() {
    return this.#connection.connectionState
  }

  send(event: { type: string; [field: string]: unknown }) {
    assertClientEvent(event)
    this.#channel.send(JSON.stringify(event))
  }

  /** The first event of a type at or after an index, waiting for it to come. */
  async waitFor<T extends RealtimeServerEvent['type']>(
    type: T,
    from = 0,
    matches: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    const find = () =>
      this.events.slice(from).find((event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>))
    await this.until(() => find() !== undefined, `event ${type}`)
    const found = find()
    if (!found) throw new Error('unreachable')
    return found
  }

  async until(isDone: () => boolean, what: string): Promise<void> {
    const limitAt = performance.now() + PATIENCE_MS
    while (!isDone()) {
      if (performance.now() > limitAt)
        throw new Error(`No ${what} came. Events: ${this.events.map((event) => event.type).join(' ')}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250)
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  /** Speaks into the microphone (16 kHz); resolves when the last sound has gone out. */
  speak(pcm: Int16Array): Promise<void> {
    const frames = Array.from({ length: Math.ceil(pcm.length / FRAME) }, (_, index) => {
      const frame = new Int16Array(FRAME)
      frame.set(pcm.subarray(index * FRAME, (index + 1) * FRAME))
      return frame
    })
    this.#toSay.push(...frames)
    return new Promise((resolve) => (this.#said = resolve))
  }

  /** Types or taps an answer, as the page does. */
  type(text: string) {
    this.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    })
    this.send({ type: 'response.create' })
  }

  /** The partner's next whole turn after an index: what it says, and its cards. */
  async turn(
    from = 0,
  ): Promise<{ said: string; cards: { id: string; text: string }[]; endIndex: number; responseId: string }> {
    const done = await this.waitFor('response.done', from, (event) => event.response.status === 'completed')
    const output = done.response.output ?? []
    const message = output.find((item) => item.type === 'message') as
      | { content: { transcript?: string; text?: string }[] }
      | undefined
    const call = output.find((item) => item.type === 'function_call')
    const cards =
      call?.type === 'function_call'
        ? (JSON.parse(call.arguments) as { replies: { id: string; text: string }[] }).replies
        : []
    const said = message?.content[0]?.transcript ?? message?.content[0]?.text ?? ''
    return { said, cards, endIndex: this.events.indexOf(done) + 1, responseId: done.response.id ?? '' }
  }

  /** The loudest 100 ms heard since a time, as RMS. */
  loudestSince(atMs: number): number {
    const frames = this.heard.filter((frame) => frame.atMs >= atMs).map((frame) => frame.rms)
    return Math.max(0, ...frames.map((_, index) => mean(frames.slice(index, index + 10))))
  }

  async hangUp(): Promise<void> {
    this.#stopMicrophone()
    await fetch(`${this.#baseUrl}/v1/realtime/calls/${this.callId}/hangup`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#secret}` },
    })
    await this.until(() => this.isChannelClosed, 'end of the call')
    this.#connection.close()
  }

  /** Leaves without a word, as a closed tab does. */
  close() {
    this.#stopMicrophone()
    this.#connection.close()
  }

  #take(event: RealtimeServerEvent) {
    assertWellFormed(event)
    this.events.push(event)
    this.arrivals.push(performance.now())
    this.#wake()
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #nextFrame(): Int16Array {
    const frame = this.#toSay.shift()
    if (frame) this.spokenUntilMs = performance.now()
    if (frame && this.#toSay.length === 0) this.#said()
    return frame ?? SILENCE
  }
}

/** Calls the partner as a browser does: an offer without candidates, one answer. Without a microphone it only listens. */
export async function callPartner(baseUrl: string, secret: string, hasMicrophone = true): Promise<PartnerPeer> {
  const connection = new wrtc.RTCPeerConnection({ iceServers: [] })
  const source = new wrtc.nonstandard.RTCAudioSource()
  if (hasMicrophone) connection.addTrack(source.createTrack())
  else connection.addTransceiver('audio', { direction: 'recvonly' })
  const channel = connection.createDataChannel('oai-events')
  const offer = await connection.createOffer()
  const answer = await fetch(`${baseUrl}/v1/realtime/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/sdp' },
    body: offer.sdp,
  })
  if (answer.status !== 201) throw new Error(`The call was refused: ${answer.status} ${await answer.text()}`)
  const callId = (answer.headers.get('location') ?? '').split('/').at(-1) ?? ''
  const sdp = await answer.text()
  await connection.setLocalDescription(offer)
  const peer = new PartnerPeer({ connection, channel, source, baseUrl, secret, callId })
  await connection.setRemoteDescription({ type: 'answer', sdp })
  return peer
}

function rmsOf(samples: Int16Array): number {
  return Math.sqrt(mean(Array.from(samples, (sample) => (sample / 32_768) ** 2)))
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
