/** Carries a scenario out in one call: watches what the session sends, and meddles where it is told to. */
import type { CallCommand, CallEvent } from '../media/media-messages.ts'
import type { ServerEvent } from '../protocol/server-events.ts'
import type { Scenario } from './scenario.ts'

export interface ScenarioStage {
  send: (event: ServerEvent) => void
  command: (command: CallCommand) => void
  /** As if the media process had reported it. */
  report: (event: CallEvent) => void
  /** Nothing of it happens once the call is over. */
  schedule: (delayMs: number, work: () => void) => void
  nowMs: () => number
}

const SAMPLES_PER_MS = 16
const TRANSCRIPTION = 'conversation.item.input_audio_transcription.'
type TranscriptEvent = Extract<ServerEvent, { type: `${typeof TRANSCRIPTION}${'delta' | 'completed' | 'failed'}` }>

export class ScenarioRun {
  readonly #scenario: Scenario
  readonly #stage: ScenarioStage
  readonly #startedAtMs: number
  #created = 0
  #sounded = 0
  #done = 0
  /** Transcripts that wait for those of the next turn. */
  #waiting: TranscriptEvent[] = []

  constructor(scenario: Scenario, stage: ScenarioStage) {
    this.#scenario = scenario
    this.#stage = stage
    this.#startedAtMs = stage.nowMs()
  }

  channelOpened() {
    if (this.#scenario.connection?.afterResponses === undefined) this.#breakConnection()
  }

  /** What the session sends goes through here on its way. */
  send(event: ServerEvent) {
    if (isTranscript(event)) return this.#sendTranscript(event)
    this.#stage.send(event)
    if (event.type === 'response.created') return this.#speak('created', ++this.#created)
    if (event.type === 'output_audio_buffer.started') return this.#speak('sound', ++this.#sounded)
    if (event.type !== 'response.done') return
    if (++this.#done === this.#scenario.connection?.afterResponses) this.#breakConnection()
  }

  #sendTranscript(event: TranscriptEvent) {
    const { delayMs = 0, isFailed = false, isReordered = false } = this.#scenario.transcripts ?? {}
    if (isFailed && event.type.endsWith('.delta')) return
    const sent = isFailed ? toFailure(event) : event
    const send = () => (isReordered ? this.#reorder(sent) : this.#stage.send(sent))
    if (delayMs > 0) this.#stage.schedule(delayMs, send)
    else send()
  }

  #reorder(event: TranscriptEvent) {
    const [first] = this.#waiting
    if (!first || first.item_id === event.item_id) return void this.#waiting.push(event)
    this.#stage.send(event)
    if (!event.type.endsWith('.delta')) for (const late of this.#waiting.splice(0)) this.#stage.send(late)
  }

  #breakConnection() {
    const { connection } = this.#scenario
    if (connection) this.#stage.schedule(connection.afterMs, () => this.#stage.command({ type: connection.fault }))
  }

  #speak(after: 'created' | 'sound', response: number) {
    const { report, schedule, nowMs } = this.#stage
    const toAudioMs = () => Math.round(nowMs() - this.#startedAtMs)
    for (const speech of this.#scenario.speech ?? []) {
      if (speech.after !== after || speech.response !== response) continue
      const utterance = new Int16Array(speech.forMs * SAMPLES_PER_MS)
      const start = () => report({ type: 'speech-started', atMs: toAudioMs() })
      // An answer that was prepared is made before any timer can fire.
      if (speech.atMs === 0) queueMicrotask(start)
      else schedule(speech.atMs, start)
      schedule(speech.atMs + speech.forMs, () => report({ type: 'speech-stopped', atMs: toAudioMs(), utterance }))
    }
  }
}

function isTranscript(event: ServerEvent): event is TranscriptEvent {
  return event.type.startsWith(TRANSCRIPTION)
}

function toFailure({ item_id, event_id }: TranscriptEvent): TranscriptEvent {
  const error = { type: 'server_error', code: 'transcription_failed', message: 'The scenario wants it so.' }
  return { type: `${TRANSCRIPTION}failed`, item_id, event_id, content_index: 0, error }
}
