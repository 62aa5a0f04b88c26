/** What really happened in a conversation, by what reached the browser: the measure of what is stored of it afterwards. */
import type { PageNews } from '../../support/faulty-microphone.ts'

export interface HeardItem {
  speaker: 'PARTNER' | 'LEARNER'
  text: string
  /** The provider said that this is all of it. */
  isWhole: boolean
}

interface CallEvent {
  type?: string
  item_id?: string
  delta?: string
  transcript?: string
}

const partnerWords = 'response.output_audio_transcript.'
const learnerWords = 'conversation.item.input_audio_transcription.'

export class Heard {
  /** By item. */
  readonly items = new Map<string, HeardItem>()
  /** What was played into the microphone, in order, as WAV files. */
  readonly spoken: Buffer[] = []
  /** What was tapped or typed, in order. */
  readonly written: string[] = []
  /** Tapped or typed into a call that turned out to be dead, which the page never showed as said: it may be stored or not. */
  readonly attempted: string[] = []
  /** Learner's lines that must be stored, whether or not the page ever heard of their text. */
  readonly promised: string[] = []
  /** One for each recorder that was started: epoch milliseconds; how much sound there was to record, until it was stopped. */
  readonly recorders: { startedAtMs: number; seconds: number | null }[] = []

  #isEnding = false

  add = (news: PageNews): void => {
    const recorder = this.recorders.at(-1)
    if (news.kind === 'event') this.#hear(JSON.parse(news.data) as CallEvent)
    else if (news.kind === 'recording') this.recorders.push({ startedAtMs: news.atMs, seconds: null })
    else if (recorder) recorder.seconds = news.soundSeconds
  }

  countPartnerLines(): number {
    return [...this.items.values()].filter(({ speaker, isWhole }) => speaker === 'PARTNER' && isWhole).length
  }

  /** End is pressed: what the partner begins to say from now on, as after a call that just came back, nobody hears. */
  noteEnd(): void {
    this.#isEnding = true
  }

  /** The page is gone, and its recorder with it. */
  noteCrash(): void {
    const recorder = this.recorders.at(-1)
    if (recorder) recorder.seconds ??= (Date.now() - recorder.startedAtMs) / 1_000
  }

  #hear({ type = '', item_id: itemId, delta, transcript }: CallEvent): void {
    const speaker = type.startsWith(partnerWords) ? 'PARTNER' : type.startsWith(learnerWords) ? 'LEARNER' : null
    if (speaker === null || itemId === undefined) return
    const before = this.items.get(itemId)
    if (this.#isEnding && speaker === 'PARTNER' && !before) return
    if (transcript !== undefined) this.items.set(itemId, { speaker, text: transcript, isWhole: true })
    else if (delta !== undefined && !before?.isWhole)
      this.items.set(itemId, { speaker, text: (before?.text ?? '') + delta, isWhole: false })
  }
}
