/**
 * What a learner may say at any point beside the answer: ask to hear it again, more slowly, what a word means, for a moment,
 * or to stop. Spoken, typed or tapped, it comes as text.
 */
import { toWords } from '../recognition/grammar.ts'
import { listReferences, toTest } from '../recognition/wording.ts'

export type SmallTalk =
  | { kind: 'repeat' | 'slower' | 'confused' | 'moment' | 'about-you' | 'thanks' | 'stop' }
  /** `word` is what was asked for, in lower case. */
  | { kind: 'meaning'; word: string }

type SmallTalkKind = SmallTalk['kind']

/** What is listened for: long enough that no other speech is taken for it. `<asked>` is a word of the talk. */
export const SPOKEN_WORDINGS: Readonly<Record<SmallTalkKind, readonly string[]>> = {
  repeat: [
    '[sorry] (can | could) you [please] (say (that | it) again | repeat [that | it | the question]) [please]',
    '[please] say (that | it) again [please]',
    '(please repeat | repeat please) [that | it | the question]',
    'repeat (that | it | the question) [please]',
    'sorry what did you say',
    '(one more time | once again) please',
  ],
  slower: [
    '[sorry] (can | could) you [please] (speak | talk | say (that | it)) [a bit | a little] (slower | more slowly) [please]',
    '[a bit | a little] (slower | more slowly) please',
    'please (speak | talk) (slower | slowly | more slowly)',
    '(that is | that was | you are) too fast [for me]',
    'you (speak | talk) too fast',
  ],
  confused: [
    "[sorry] I (don't | do not | didn't | did not) understand [that | you | it | the question]",
    'what does (that | it | this) mean',
    "I don't know what (that | it | this) means",
    'what do you mean',
  ],
  meaning: [
    'what does [the word] <asked> mean',
    'what is the meaning of <asked>',
    'what means <asked>',
    "I don't know the word <asked>",
  ],
  moment: [
    '[please] (just | wait) (a | one) (moment | second | minute) [please]',
    'one (moment | second | minute) please',
    'let me think [about (it | that)] [please]',
    'give me (a | one) (moment | second | minute) [please]',
    'I need (a moment | more time | some time | time to think)',
  ],
  'about-you': ['how are you [today]', '(what | how) about you'],
  thanks: ['thank you (very | so) much', 'thanks a lot'],
  stop: [
    "let's (stop | finish) [here | now | for today] [please]",
    '(can | could) we (stop | finish) [here | now] [please]',
    'I (want | would like) to (stop | finish) [here | now] [please]',
    'I (have | need) to (go | stop) now',
    'stop here please',
  ],
}

/** Too short to be listened for, but clear when typed. */
const TYPED_WORDINGS: Readonly<Partial<Record<SmallTalkKind, readonly string[]>>> = {
  repeat: ['[please] (again | repeat) [please]', '(pardon | sorry | what) [me]', 'I beg your pardon'],
  slower: ['(slower | slowly | more slowly) [please]'],
  meaning: ["I don't understand [the word] <asked>"],
  moment: ['(wait | hold on) [please]'],
  'about-you': ['and you'],
  thanks: ['(thanks | thank you) [again]'],
  stop: ['stop [please]', '(bye | goodbye | bye bye | see you)'],
}

const TESTS = [SPOKEN_WORDINGS, TYPED_WORDINGS].flatMap((wordings) =>
  Object.entries(wordings).flatMap(([kind, list]) =>
    list.map((wording) => ({ kind: kind as SmallTalkKind, test: toTest(wording.toLowerCase()) })),
  ),
)

/** The small talk that a text is, word for word; null when it is none. */
export function findSmallTalk(text: string): SmallTalk | null {
  const said = toWords(text.replaceAll(/[“”"]/gu, ''))
    .map((word) => `${word} `)
    .join('')
  for (const { kind, test } of TESTS) {
    const match = test.exec(said)
    if (match) return kind === 'meaning' ? { kind, word: match.groups?.['asked'] ?? '' } : { kind }
  }
  return null
}

/** Whether the wording asks for a word of the talk. */
export function asksForWord(wording: string): boolean {
  return listReferences(wording).includes('asked')
}
