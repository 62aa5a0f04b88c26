/**
 * The learner's side of the conversation: from sound and typing to items, and to what is still to be answered.
 *
 * A learner who pauses longer than the session allows, and goes on before he heard anything of the answer, has said one
 * thing in two parts. The second part is then recognised together with the first: its item carries the joined words, and
 * the first item's transcript is empty. So each word stands in the transcript once. To be able to decide that, the words
 * of a turn are told only when its answer has been heard (`publish`).
 */
import type { ConversationItems } from './conversation-items.ts'
import type { Heard, HeardWords } from './partner-mind.ts'
import { spokenItem, type Emit } from './server-events.ts'

export interface LearnerParts {
  emit: Emit
  items: ConversationItems
  newId: (prefix: string) => string
  hear: (utterance: Int16Array) => Promise<HeardWords>
  /** Whether the session wants the learner's words. */
  isTranscribed: () => boolean
}

/** One thing that the learner said or typed. */
export interface LearnerTurn {
  itemId: string
  /** What there is to answer: one entry, or several where parts could not be understood as one. */
  heard: Promise<Heard[]>
  /** null: typed. */
  spoken: SpokenPart | null
}

interface SpokenPart {
  /** The sound since the learner began, earlier parts included, at 16 kHz. */
  sound: Int16Array
  /** Length of this part alone. */
  seconds: number
  understood: Promise<Understood>
  /** Parts that came before and are heard as one with this one. */
  earlier: LearnerTurn[]
  /** Its answer was taken back: what is said next belongs to it. */
  isContinued: boolean
  isPublished: boolean
  /** The words that were told of it. */
  told: string
}

interface Understood {
  words: HeardWords
  /** The words are those of all parts together. */
  isJoined: boolean
}

interface Hearing {
  sound: Int16Array
  earlier: LearnerTurn[]
  understood: Promise<Understood>
}

export const LISTENING_RATE = 16_000
const MOST_SAMPLES = 60 * LISTENING_RATE

export class LearnerTurns {
  readonly #parts: LearnerParts
  #speechItemId: string | null = null
  /** Begun in the pause: the words are there when the turn is over. */
  #early: Hearing | null = null
  #unanswered: LearnerTurn[] = []

  constructor(parts: LearnerParts) {
    this.#parts = parts
  }

  get isSpeaking(): boolean {
    return this.#speechItemId !== null
  }

  speechStarted(atMs: number) {
    this.#speechItemId = this.#parts.newId('item')
    this.#parts.emit({
      type: 'input_audio_buffer.speech_started',
      item_id: this.#speechItemId,
      audio_start_ms: atMs,
    })
  }

  speechPaused(utterance: Int16Array) {
    this.#early = this.#hear(utterance)
  }

  speechResumed() {
    this.#early = null
  }

  /** `isHeld`: an answer is to come, which may yet be taken back. */
  speechStopped(atMs: number, utterance: Int16Array, isHeld: boolean) {
    const itemId = this.#speechItemId ?? this.#parts.newId('item')
    this.#parts.emit({ type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: atMs })
    this.#commit(itemId, utterance, isHeld)
  }

  /** The client ended the turn. */
  committed(utterance: Int16Array) {
    this.#commit(this.#speechItemId ?? this.#parts.newId('item'), utterance, false)
  }

  cleared() {
    this.#speechItemId = null
    this.#early = null
  }

  /** The learner has said nothing for so long that the partner is to speak: the silence becomes an item. */
  stayedSilent(startMs: number, endMs: number) {
    const { emit, items, newId, isTranscribed } = this.#parts
    const itemId = newId('item')
    emit({
      type: 'input_audio_buffer.timeout_triggered',
      item_id: itemId,
      audio_start_ms: startMs,
      audio_end_ms: endMs,
    })
    this.#addItem(itemId)
    items.replace(spokenItem(itemId, ''))
    const usage = { type: 'duration' as const, seconds: (endMs - startMs) / 1_000 }
    if (!isTranscribed()) return
    const type = 'conversation.item.input_audio_transcription.completed'
    emit({ type, item_id: itemId, content_index: 0, transcript: '', usage })
  }

  typed(itemId: string, text: string) {
    this.#unanswered.push({ itemId, heard: Promise.resolve([{ kind: 'typed', text }]), spoken: null })
  }

  /** What is to be answered now. */
  take(): LearnerTurn[] {
    return this.#unanswered.splice(0)
  }

  /** These were not answered after all. `isContinued`: because the learner goes on speaking. */
  giveBack(turns: readonly LearnerTurn[], isContinued: boolean) {
    for (const { spoken } of turns) if (spoken && isContinued) spoken.isContinued = true
    this.#unanswered.unshift(...turns)
  }

  /** Tells the words of these turns, as soon as they are known. */
  publish(turns: readonly LearnerTurn[]) {
    for (const turn of turns) void this.#publish(turn)
  }

  publishAll() {
    this.publish(this.#unanswered)
  }

  #commit(itemId: string, utterance: Int16Array, isHeld: boolean) {
    const { sound, earlier, understood } = this.#early ?? this.#hear(utterance)
    this.cleared()
    this.#addItem(itemId)
    const spoken: SpokenPart = {
      sound,
      seconds: utterance.length / LISTENING_RATE,
      understood,
      earlier,
      isContinued: false,
      isPublished: false,
      told: '',
    }
    const turn: LearnerTurn = { itemId, heard: toHeard(spoken), spoken }
    this.#unanswered = [...this.#unanswered.filter((other) => !earlier.includes(other)), turn]
    if (!isHeld) this.publish([turn])
  }

  #addItem(itemId: string) {
    const { emit, items } = this.#parts
    const item = spokenItem(itemId, null)
    const previous = items.append(item)
    emit({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: previous })
    emit({ type: 'conversation.item.added', previous_item_id: previous, item })
    emit({ type: 'conversation.item.done', previous_item_id: previous, item })
  }

  #hear(utterance: Int16Array): Hearing {
    // What was told already cannot be taken back: only that nothing was understood may yet come right.
    const earlier = this.#unanswered.filter(({ spoken }) => spoken?.isContinued && spoken.told === '')
    const sound = joinSounds([...earlier.flatMap(({ spoken }) => (spoken ? [spoken.sound] : [])), utterance])
    const understood = this.#understand(utterance, sound, earlier.length > 0)
    // Whoever waits for it takes the fault; of a pause that was none, nobody does.
    understood.catch(() => {})
    return { sound, earlier, understood }
  }

  async #understand(utterance: Int16Array, sound: Int16Array, isContinuing: boolean): Promise<Understood> {
    const words = await this.#parts.hear(sound)
    if (!isContinuing || words.text !== '') return { words, isJoined: isContinuing }
    return { words: await this.#parts.hear(utterance), isJoined: false }
  }

  async #publish(turn: LearnerTurn) {
    const { spoken } = turn
    if (!spoken || spoken.isPublished) return
    spoken.isPublished = true
    try {
      const { words, isJoined } = await spoken.understood
      for (const part of spoken.earlier) {
        if (isJoined) this.#retire(part, words)
        else await this.#publish(part)
      }
      spoken.told = words.text
      this.#tell(turn.itemId, words, spoken.seconds)
    } catch {
      this.#tellFailure(turn.itemId)
    }
  }

  /** A part whose words stand in a later one. */
  #retire(turn: LearnerTurn, words: HeardWords) {
    const { spoken } = turn
    if (!spoken) return
    for (const part of spoken.earlier) this.#retire(part, words)
    if (spoken.isPublished) return
    spoken.isPublished = true
    this.#tell(turn.itemId, { ...words, text: '' }, spoken.seconds)
  }

  #tell(itemId: string, { text, by }: HeardWords, seconds: number) {
    const { emit, items, isTranscribed } = this.#parts
    items.replace(spokenItem(itemId, text))
    if (!isTranscribed()) return
    const place = { item_id: itemId, content_index: 0 }
    if (text !== '') emit({ type: 'conversation.item.input_audio_transcription.delta', ...place, delta: text })
    const usage = { type: 'duration' as const, seconds: Math.round(seconds * 100) / 100 }
    const type = 'conversation.item.input_audio_transcription.completed'
    emit({ type, ...place, transcript: text, usage, parley: { source: by } })
  }

  #tellFailure(itemId: string) {
    const { emit, isTranscribed } = this.#parts
    if (!isTranscribed()) return
    const type = 'conversation.item.input_audio_transcription.failed'
    const error = { type: 'server_error', code: 'transcription_failed', message: 'The speech could not be recognised.' }
    emit({ type, item_id: itemId, content_index: 0, error })
  }
}

/** Never rejects: what could not be recognised was not understood. */
async function toHeard(spoken: SpokenPart): Promise<Heard[]> {
  try {
    const { words, isJoined } = await spoken.understood
    const before = isJoined ? [] : await Promise.all(spoken.earlier.map((turn) => turn.heard))
    return [...before.flat(), { kind: 'spoken', ...words }]
  } catch {
    return [{ kind: 'spoken', text: '', by: 'recognised' }]
  }
}

/** The last minute of them. */
function joinSounds(sounds: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(sounds.reduce((sum, sound) => sum + sound.length, 0))
  let at = 0
  for (const sound of sounds) {
    joined.set(sound, at)
    at += sound.length
  }
  return joined.subarray(Math.max(0, joined.length - MOST_SAMPLES))
}
