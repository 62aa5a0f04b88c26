/**
 * The grammar of a closed choice: the sentences on the cards beside a loop over all sounds of the language. Whatever is
 * none of the sentences fits the loop better; without it the recogniser would take anything for one of them. Pure.
 */

/** The sounds of the en-us model (ARPAbet). */
export const SOUNDS =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ')

/** Dictionary words for single sounds, named so that no real word is hidden. */
export const SOUND_WORDS: readonly (readonly [string, string])[] = SOUNDS.map((sound) => [
  `qz${sound.toLowerCase()}`,
  sound,
])

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

/** JSGF for the sentences, which are given as words. */
export function toGrammar(sentences: readonly (readonly string[])[]): string {
  const choices = sentences.map((words) => words.join(' '))
  const sounds = SOUND_WORDS.map(([word]) => word).join(' | ')
  return `#JSGF V1.0;\ngrammar cards;\npublic <said> = ${[...choices, '<other>'].join(' | ')};\n<other> = ( ${sounds} )+;\n`
}
