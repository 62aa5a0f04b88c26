/** What a client saw of a conversation, as its test asks for it. */
import type { RealtimeResponse, RealtimeServerEvent } from 'openai/resources/realtime/realtime'

export interface Card {
  id: string
  text: string
  slots?: unknown[]
}

export interface Line {
  role: string
  text: string
  status: string
}

/** What a page offers to its test, as `parleyTest`. */
export interface ClientPage {
  connect(url: string, secret: string): Promise<void>
  type(text: string): void
  /** Asks the partner to begin. */
  begin(): void
  interrupt(): void
  history(): Line[]
  ledger: Ledger
  close(): void
}

type Sound = 'none' | 'heard' | 'over' | 'cleared'

export interface Ledger {
  /** Completed responses that said something. */
  answers: { responseId: string; itemId: string; sound: Sound; heardAtMs: number }[]
  /** The cards of the latest answer. */
  cards: Card[]
  transcripts: string[]
  truncatedItemIds: string[]
  toolCalls: number
  errors: string[]
  take(event: RealtimeServerEvent): void
  showCards(args: unknown): void
}

export function createLedger(): Ledger {
  const sounds = new Map<string, { sound: Sound; heardAtMs: number }>()
  const hear = (responseId: string, sound: Sound) => {
    const heardAtMs = sounds.get(responseId)?.heardAtMs ?? performance.now()
    sounds.set(responseId, { sound, heardAtMs })
    for (const answer of ledger.answers)
      if (answer.responseId === responseId) Object.assign(answer, { sound, heardAtMs })
  }
  const addAnswer = ({ id = '', output = [] }: RealtimeResponse) => {
    const itemId = output.find((item) => item.type === 'message')?.id
    const heard = sounds.get(id) ?? { sound: 'none' as const, heardAtMs: NaN }
    if (itemId) ledger.answers.push({ responseId: id, itemId, ...heard })
  }
  const ledger: Ledger = {
    answers: [],
    cards: [],
    transcripts: [],
    truncatedItemIds: [],
    toolCalls: 0,
    errors: [],
    take(event) {
      if (event.type === 'response.done') addAnswer(event.response)
      if (event.type === 'output_audio_buffer.started') hear(event.response_id, 'heard')
      if (event.type === 'output_audio_buffer.stopped') hear(event.response_id, 'over')
      if (event.type === 'output_audio_buffer.cleared') hear(event.response_id, 'cleared')
      if (event.type === 'conversation.item.truncated') ledger.truncatedItemIds.push(event.item_id)
      if (event.type === 'conversation.item.input_audio_transcription.completed')
        ledger.transcripts.push(event.transcript)
      if (event.type === 'error') ledger.errors.push(event.error.message)
    },
    showCards(args) {
      ledger.cards = (args as { replies: Card[] }).replies
      ledger.toolCalls += 1
    },
  }
  return ledger
}
