/** What the partner says beside its topics: when it did not understand, when an answer was the learner's own, when it is over. */
import type { CefrLevel } from '../topic.ts'

interface Phrases {
  /** First, second and later times in a row that nothing was understood. */
  notUnderstood: readonly [string, string, string]
  /** Said to an answer in the learner's own words. */
  ownWords: readonly string[]
  /** Before a question that is asked again. */
  again: string
  /** After the closing. */
  over: string
}

const SIMPLE: Phrases = {
  notUnderstood: [
    "Sorry, I didn't catch that. Please say it again.",
    'Sorry, I did not understand. Please read one of the cards aloud.',
    "I still don't understand. You can touch a card, or type your answer.",
  ],
  ownWords: ['Thank you for telling me.', 'I see, thank you.', 'Good, your own answer!'],
  again: 'Here is the question again.',
  over: 'Our talk is finished now. Please press End. You did very well!',
}

const FLUENT: Phrases = {
  notUnderstood: [
    "I'm sorry, I didn't quite catch that. Could you say it once more?",
    "I'm afraid I missed that again. Try reading one of the cards aloud.",
    "I still can't make it out, and that's my fault, not yours. You can tap a card, or type your answer.",
  ],
  ownWords: [
    'Thanks for putting that in your own words.',
    "That's an answer of your own, thank you.",
    'I see. Thank you for telling me that.',
  ],
  again: 'Let me ask you that again.',
  over: "That was our last question, so we've come to the end. You can press End whenever you like.",
}

export function phrasesFor(level: CefrLevel): Phrases {
  return level === 'A1' || level === 'A2' ? SIMPLE : FLUENT
}
