/**
 * The policy of a guided conversation: from a topic, a state and what the learner did to what the partner says next, and the
 * state after. Pure: it neither speaks nor listens, and knows nothing of the protocol.
 */
import { fillLine, fillSlots } from '../slots/slot-text.ts'
import { END, type Topic, type TopicTurn } from '../topic.ts'
import { sayFarewell } from './farewell.ts'
import { phrasesFor } from './phrases.ts'
import { answerSmallTalk } from './small-talk-answers.ts'
import { NEW_TALK, type ChosenReply, type LearnerInput, type PartnerTurn, type TalkState } from './talk-state.ts'
import { toSaidText } from './understand.ts'

/** Prompts into a silence, in a row; after them the partner waits without a word. */
const MOST_PROMPTS = 2

/** The partner's next turn. */
export function nextTurn(topic: Topic, state: TalkState, input: LearnerInput): PartnerTurn {
  const turn = findOpenTurn(topic, state)
  if (state.isOver) return { text: input.kind === 'silence' ? '' : phrasesFor(topic.level).over, state }
  if (!turn) return ask(topic, { ...NEW_TALK, speed: state.speed }, topic.turns[0]?.id ?? END, topic.opening)
  if (input.kind === 'silence') return promptAgain(topic, state, turn)
  const awake = { ...state, prompted: 0 }
  switch (input.kind) {
    case 'nothing':
      return { text: `${phrasesFor(topic.level).again} ${fillLine(turn.ask, state.values)}`, state: awake }
    case 'not-understood':
      return notUnderstood(topic, awake, turn)
    case 'chosen':
      return follow(topic, { ...awake, missed: 0 }, turn, input)
    case 'own-words':
      return thank(topic, { ...awake, missed: 0 }, turn.next)
    case 'small-talk':
      return answerSmallTalk(topic, { ...awake, missed: 0 }, turn, input.talk)
  }
}

/** The turn whose question is open. */
export function findOpenTurn(topic: Topic, state: TalkState): TopicTurn | null {
  return topic.turns.find((turn) => turn.id === state.turnId) ?? null
}

/** Everything the partner may say next, most likely first: what is worth preparing. */
export function possibleTexts(topic: Topic, state: TalkState): string[] {
  const turn = findOpenTurn(topic, state)
  const inputs: LearnerInput[] = turn
    ? [
        ...turn.replies.map((_, index): LearnerInput => ({ kind: 'chosen', index, variant: null, values: {} })),
        { kind: 'not-understood' },
        { kind: 'small-talk', talk: { kind: 'confused' } },
      ]
    : [{ kind: 'nothing' }]
  return inputs.map((input) => nextTurn(topic, state, input).text)
}

function follow(topic: Topic, state: TalkState, turn: TopicTurn, chosen: ChosenReply): PartnerTurn {
  const reply = turn.replies[chosen.index]
  if (!reply) return notUnderstood(topic, state, turn)
  const values = { ...state.values, ...chosen.values }
  const recap = fillSlots(reply.recap ?? '', values)
  const note = chosen.variant === null ? undefined : reply.variants?.[chosen.variant]?.note
  const after: TalkState = {
    ...state,
    values,
    recaps: recap ? [...state.recaps, recap] : state.recaps,
    errors: note === undefined ? state.errors : [...state.errors, { text: toSaidText(turn, chosen), note }],
  }
  // A card tapped with its gap left open has a reaction that cannot be said.
  const reaction = fillSlots(reply.reaction, values)
  const next = reply.next ?? turn.next
  return reaction === null ? thank(topic, after, next) : ask(topic, after, next, reaction)
}

function thank(topic: Topic, state: TalkState, next: string): PartnerTurn {
  const { ownWords } = phrasesFor(topic.level)
  const thanks = ownWords[state.ownAnswers % ownWords.length] ?? ''
  return ask(topic, { ...state, ownAnswers: state.ownAnswers + 1 }, next, thanks)
}

function ask(topic: Topic, state: TalkState, turnId: string, before: string): PartnerTurn {
  const turn = topic.turns.find(({ id }) => id === turnId)
  if (!turn) return sayFarewell(topic, state, before)
  const text = `${before} ${fillLine(turn.ask, state.values)}`
  return { text, state: { ...state, turnId: turn.id, confused: 0, lastLine: text } }
}

function notUnderstood(topic: Topic, state: TalkState, turn: TopicTurn): PartnerTurn {
  const { notUnderstood: phrases } = phrasesFor(topic.level)
  const phrase = phrases[Math.min(state.missed, 2)] ?? phrases[0]
  // The question itself is repeated when saying it once more has not helped.
  const text = state.missed === 1 ? `${phrase} ${fillLine(turn.ask, state.values)}` : phrase
  return { text, state: { ...state, missed: state.missed + 1 } }
}

function promptAgain(topic: Topic, state: TalkState, turn: TopicTurn): PartnerTurn {
  const { takeYourTime, stillHere } = phrasesFor(topic.level)
  if (state.prompted >= MOST_PROMPTS) return { text: '', state }
  const text = state.prompted === 0 ? `${takeYourTime} ${fillLine(turn.simpler, state.values)}` : stillHere
  return { text: text.trim(), state: { ...state, prompted: state.prompted + 1 } }
}
