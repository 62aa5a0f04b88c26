/** What the partner answers to small talk. The question stays open; it is repeated where a person would repeat it. */
import { toWords } from '../recognition/grammar.ts'
import { fillLine } from '../slots/slot-text.ts'
import { holdsPhrase } from '../topic/word-forms.ts'
import type { Topic, TopicTurn } from '../topic.ts'
import { sayFarewell } from './farewell.ts'
import { findMeaning } from './find-meaning.ts'
import { phrasesFor } from './phrases.ts'
import { slowDown } from './slow-down.ts'
import type { SmallTalk } from './small-talk.ts'
import type { PartnerTurn, TalkState } from './talk-state.ts'

export function answerSmallTalk(topic: Topic, state: TalkState, turn: TopicTurn, talk: SmallTalk): PartnerTurn {
  const phrases = phrasesFor(topic.level)
  const question = fillLine(turn.ask, state.values)
  switch (talk.kind) {
    case 'repeat':
      return { text: `${phrases.repeat} ${state.lastLine || question}`, state }
    case 'slower':
      return sayMoreSlowly(topic, state, question)
    case 'confused':
      return explain(topic, state, turn)
    case 'meaning':
      return explainWord(topic, state, turn, talk.word)
    case 'moment':
      return { text: phrases.takeYourTime, state }
    case 'about-you':
      return { text: `${phrases.aboutMe} ${phrases.back} ${question}`, state }
    case 'thanks':
      return { text: `${phrases.welcome} ${question}`, state }
    case 'stop':
      return sayFarewell(topic, state, phrases.stop)
  }
}

function sayMoreSlowly(topic: Topic, state: TalkState, question: string): PartnerTurn {
  const { text, speed } = slowDown(topic.level, state.speed)
  return { text: `${text} ${state.lastLine || question}`, state: { ...state, speed } }
}

/** First the question in easier words, then the words that may be the trouble, then what the cards are for. */
function explain(topic: Topic, state: TalkState, turn: TopicTurn): PartnerTurn {
  const { easier, aboutCards } = phrasesFor(topic.level)
  const simpler = fillLine(turn.simpler, state.values)
  const after = { ...state, confused: state.confused + 1 }
  const hints = state.confused === 1 ? listHints(topic, turn) : []
  if (state.confused === 0) return { text: `${easier} ${simpler}`, state: { ...after, lastLine: simpler } }
  return { text: [...hints, simpler, ...(hints.length === 0 ? [aboutCards] : [])].join(' '), state: after }
}

function explainWord(topic: Topic, state: TalkState, turn: TopicTurn, word: string): PartnerTurn {
  const { noMeaning, back } = phrasesFor(topic.level)
  const meaning = findMeaning(word, topic.glossary)
  const text =
    meaning === null
      ? `${noMeaning(word)} ${fillLine(turn.simpler, state.values)}`
      : `${meaning} ${back} ${fillLine(turn.ask, state.values)}`
  return { text, state }
}

/** At most two words of the question and its cards that the topic explains. */
function listHints(topic: Topic, turn: TopicTurn): string[] {
  const lines = [turn.ask, ...turn.replies.map((reply) => reply.text)].map(toWords)
  return topic.glossary
    .filter((entry) => lines.some((line) => holdsPhrase(line, toWords(entry.word))))
    .slice(0, 2)
    .map((entry) => entry.meaning)
}
