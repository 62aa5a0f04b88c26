/** The grammars of a closed choice: the wordings that may be said, and a loop over all sounds of the language. Pure. */
import { listReferences } from './wording.ts'

/** The sounds of the en-us model (ARPAbet). */
export const SOUNDS =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ')

/** Dictionary words for single sounds, named so that no real word is hidden. */
export const SOUND_WORDS: readonly (readonly [string, string])[] = SOUNDS.map((sound) => [
  `qz${sound.toLowerCase()}`,
  sound,
])

/** One of the things that may be said. */
export interface SpokenChoice {
  /** In the notation of `wording.ts`, lower case; a reference names one of the lists. */
  wording: string
  /**
   * `reply` is what is expected; a `slip` is a reply with an error, and must be heard more clearly than the reply without it;
   * an `aside` is looked for when nothing else was said.
   */
  kind: 'reply' | 'slip' | 'aside'
}

/** What may stand for a reference: runs of words in lower case. */
export type WordLists = Readonly<Record<string, readonly string[]>>

/** The words of a sentence as the dictionary spells them: lower case, no marks but inner apostrophes. */
export function toWords(sentence: string): string[] {
  return sentence
    .replaceAll(/[’‘]/gu, "'")
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z']+/gu, ' ')
    .split(' ')
    .map((word) => word.replaceAll(/^'+|'+$/gu, ''))
    .filter((word) => word !== '')
}

/** JSGF for the choices and the lists that they refer to. */
export function toGrammar(choices: readonly SpokenChoice[], lists: WordLists): string {
  const used = new Set(choices.flatMap((choice) => listReferences(choice.wording)))
  return toJsgf([
    `public <said> = ${choices.map(({ wording }) => `( ${wording} )`).join(' | ')};`,
    ...[...used].map((name) => `<${name}> = ${(lists[name] ?? []).join(' | ')};`),
  ])
}

/** JSGF for any speech at all. */
export const ANY_SOUNDS = toJsgf([`public <said> = ( ${SOUND_WORDS.map(([word]) => word).join(' | ')} )+;`])

function toJsgf(rules: readonly string[]): string {
  return `#JSGF V1.0;\ngrammar cards;\n${rules.join('\n')}\n`
}
