/** What the partner says beside its topics, in the words of a level: the same things to beginners in short plain sentences. */
import type { CefrLevel } from '../topic.ts'

export interface Phrases {
  /** First, second and later times in a row that nothing was understood. */
  notUnderstood: readonly [string, string, string]
  /** Said to an answer in the learner's own words. */
  ownWords: readonly string[]
  /** Before a question that is asked again. */
  again: string
  /** Before a line that the learner asked to hear again. */
  repeat: string
  slower: string
  slowest: string
  /** Before the question in easier words. */
  easier: string
  /** How the cards help who still does not understand. */
  aboutCards: string
  /** To the question for a word that has no explanation; the question in easier words follows. */
  noMeaning: (word: string) => string
  /** After small talk, before the question is repeated. */
  back: string
  /** Asked to wait, or nothing was said for a while. */
  takeYourTime: string
  stillHere: string
  aboutMe: string
  welcome: string
  stop: string
  recap: (clauses: readonly string[]) => string
  /** A kind correction, the first and a second. */
  corrections: readonly [(heard: string, note: string) => string, (heard: string, note: string) => string]
  /** After the closing. */
  over: string
}

/** Clauses that a recap holds at most. */
const RECAP_SIZE = { simple: 2, fluent: 3 }
const MOST_ASKED_LETTERS = 40

const SIMPLE: Phrases = {
  notUnderstood: [
    "Sorry, I didn't catch that. Please say it again.",
    'Sorry, I did not understand. Please read one of the cards aloud.',
    "I still don't understand. You can touch a card, or type your answer.",
  ],
  ownWords: ['Thank you for telling me.', 'I see, thank you.', 'Good, your own answer!'],
  again: 'Here is the question again.',
  repeat: 'Of course.',
  slower: 'Of course. I will speak more slowly.',
  slowest: 'I am very slow now. Listen again.',
  easier: 'No problem.',
  aboutCards: 'You can read one of the cards to me.',
  noMeaning: (word) => `I am sorry, I can't explain “${shorten(word)}”.`,
  back: 'And now my question again.',
  takeYourTime: 'Take your time.',
  stillHere: 'I am still here. You can read a card, or touch it.',
  aboutMe: 'I am a computer, but I like to talk with you.',
  welcome: 'You are welcome.',
  stop: 'All right, we stop here.',
  recap: (clauses) => `Today you told me that ${joinClauses(spread(clauses, RECAP_SIZE.simple))}.`,
  corrections: [
    (heard, note) => `One small thing I heard: “${heard}” ${note}`,
    (heard, note) => `I also heard: “${heard}” ${note}`,
  ],
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
  repeat: 'Sure, no problem.',
  slower: "Of course, I'll slow down a little.",
  slowest: "This is as slowly as I can speak, but I'll say it again.",
  easier: 'Let me put it more simply.',
  aboutCards: 'If none of that helps, read me whichever card comes closest to what you think.',
  noMeaning: (word) => `I'm sorry, I have no explanation for “${shorten(word)}” at hand. Let me ask in an easier way.`,
  back: 'Now, back to my question.',
  takeYourTime: 'Take your time.',
  stillHere: "I'm still here, there's no hurry. You can read out a card, tap it, or type an answer.",
  aboutMe: "I'm only a computer voice, but talking with you is what I'm here for.",
  welcome: "You're welcome.",
  stop: "All right, let's leave it there.",
  recap: (clauses) => `Today you told me that ${joinClauses(spread(clauses, RECAP_SIZE.fluent))}.`,
  corrections: [
    (heard, note) => `One small thing I heard along the way: “${heard}” ${note}`,
    (heard, note) => `And another one: “${heard}” ${note}`,
  ],
  over: "That was our last question, so we've come to the end. You can press End whenever you like.",
}

export function phrasesFor(level: CefrLevel): Phrases {
  return level === 'A1' || level === 'A2' ? SIMPLE : FLUENT
}

/** Anything can be asked for: the answer does not read all of it out. */
function shorten(word: string): string {
  return word.slice(0, MOST_ASKED_LETTERS)
}

/** `that you cook and that you like tea`: each clause keeps its own "that". */
function joinClauses(clauses: readonly string[]): string {
  return clauses.length < 2 ? clauses.join('') : `${clauses.slice(0, -1).join(', that ')} and that ${clauses.at(-1)}`
}

/** So many of a list, from its beginning, its end and evenly between. */
function spread(clauses: readonly string[], most: number): string[] {
  if (clauses.length <= most) return [...clauses]
  const step = (clauses.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, index) => clauses[Math.round(index * step)] ?? '')
}
