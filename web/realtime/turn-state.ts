/** Whose turn it is, as far as the page can tell: a pure reducer beside the transcript's. */
import { isGoodbye, offerRepliesTool, parseReplyCards, type ReplyCard } from './reply-cards.ts'
import type { PartnerTier, ServerEvent, TurnDetection } from '../../server/domain/realtime-events/server-event.ts'

export interface TurnState {
  isPartnerSpeaking: boolean
  isLearnerSpeaking: boolean
  /** The partner is making an answer that is not yet heard. */
  isPartnerThinking: boolean
  activeResponseId: string | null
  cards: readonly ReplyCard[]
  /** The partner has said goodbye. */
  isTalkOver: boolean
  /** The text of what the learner said last has not come yet. */
  isTextDue: boolean
  /** The cards came with the answer to words whose text was still on its way. */
  areCardsAhead: boolean
  /** The last thing the learner said was not understood. */
  wasMissed: boolean
  turnDetection: TurnDetection | null
  /** As the other end told it; null until it has, and where it never does. */
  tier: PartnerTier | null
  /** The learner spoke and no answer has begun since. */
  isAnswerDue: boolean
  /** What the other end refused or failed at, for a sentence on the page. */
  problem: string | null
}

export const quietTurn: TurnState = {
  isPartnerSpeaking: false,
  isLearnerSpeaking: false,
  isPartnerThinking: false,
  activeResponseId: null,
  cards: [],
  isTalkOver: false,
  isTextDue: false,
  areCardsAhead: false,
  wasMissed: false,
  turnDetection: null,
  tier: null,
  isAnswerDue: false,
  problem: null,
}

/** Refusals that follow from two ends acting at once, and that need no word to the learner. */
const harmlessErrors = new Set(['response_cancel_not_active', 'conversation_already_has_active_response'])

/** The learner ended a turn by hand and had said nothing. */
export const emptyCommitError = 'input_audio_buffer_commit_empty'

/** The call is gone: nobody speaks, and nothing more is due of what was said in it. */
export function leaveCall(state: TurnState): TurnState {
  return { ...quietTurn, cards: state.cards, isTalkOver: state.isTalkOver, tier: state.tier }
}

export function receiveTurn(state: TurnState, event: ServerEvent): TurnState {
  switch (event.kind) {
    case 'session':
      return {
        ...state,
        turnDetection: event.turnDetection ?? state.turnDetection,
        tier: event.tier ?? state.tier,
      }
    case 'speech-started':
      return { ...state, isLearnerSpeaking: true, wasMissed: false }
    case 'speech-stopped':
      return { ...state, isLearnerSpeaking: false }
    case 'committed':
      return { ...state, isLearnerSpeaking: false, isAnswerDue: true, isTextDue: true }
    case 'item':
      return event.item.isTyped ? { ...state, cards: [], wasMissed: false, isAnswerDue: true } : state
    case 'learner-text':
      return event.text.trim() === '' ? toMissed(state) : toUnderstood(state)
    case 'learner-failed':
      return toMissed(state)
    case 'function-call':
      return event.name === offerRepliesTool ? takeOffer(state, event.arguments) : state
    case 'error':
      if (event.code === emptyCommitError) return toMissed(state)
      return harmlessErrors.has(event.code) ? state : { ...state, problem: event.message || event.code }
    default:
      return receivePartnerTurn(state, event)
  }
}

function takeOffer(state: TurnState, json: string): TurnState {
  const isTalkOver = isGoodbye(json)
  const cards = isTalkOver ? [] : (parseReplyCards(json) ?? state.cards)
  return { ...state, cards, isTalkOver, areCardsAhead: state.isTextDue }
}

/** An answer takes the cards away that it was chosen from; transcription may be later than the next ones. */
function toUnderstood(state: TurnState): TurnState {
  const cards = state.areCardsAhead ? state.cards : []
  return { ...state, wasMissed: false, cards, isTextDue: false, areCardsAhead: false }
}

/** In free talk nothing is ever understood, and that is no mishap. */
function toMissed(state: TurnState): TurnState {
  const settled = { ...state, isTextDue: false, areCardsAhead: false }
  return state.tier === 4 ? settled : { ...settled, wasMissed: true }
}

function receivePartnerTurn(state: TurnState, event: ServerEvent): TurnState {
  switch (event.kind) {
    case 'response-created':
      return {
        ...state,
        activeResponseId: event.responseId,
        isPartnerThinking: true,
        isAnswerDue: false,
        problem: null,
      }
    case 'response-done': {
      const problem = event.status === 'failed' ? (event.failure ?? 'The partner could not answer.') : state.problem
      const isCurrent = state.activeResponseId === event.responseId
      return {
        ...state,
        problem,
        activeResponseId: isCurrent ? null : state.activeResponseId,
        isPartnerThinking: isCurrent ? false : state.isPartnerThinking,
      }
    }
    case 'audio-started':
      return { ...state, isPartnerSpeaking: true, isPartnerThinking: false }
    case 'audio-stopped':
    case 'audio-cleared':
      return { ...state, isPartnerSpeaking: false }
    default:
      return state
  }
}
