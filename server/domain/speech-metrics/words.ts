/** Text as the words that were said: what every count of words, syllables and vocabulary starts from. */

/**
 * What stands before a word: EDGE where the recogniser began a new segment in the middle of a turn, which it does at a
 * pause and so in the middle of sentences too.
 */
export type Mark = 'NONE' | 'COMMA' | 'EDGE' | 'SENTENCE'

export interface Word {
  /** Lower case, with `'` for every apostrophe. */
  text: string
  before: Mark
  /** Broken off by the speaker, as recognisers write it: `wan- wanted`. */
  isCutOff: boolean
}

/** A number with what is joined to it (`1,000`, `10:30`, `3rd`), or letters with apostrophes inside (`don't`). */
const wordPattern = /\p{N}+(?:[.,:]\p{N}+)*\p{L}*|\p{L}[\p{L}\p{M}]*(?:'\p{L}[\p{L}\p{M}]*)*/gu
/** What recognisers add of their own: `[laughter]`. */
const annotation = /\[[^[\]]*\]/gu

/** The words of the texts of one turn, in order. A hyphen parts words: recognisers write `well-known` either way. */
export function listWords(texts: readonly string[]): Word[] {
  const words: Word[] = []
  let between = '.'
  for (const text of texts) {
    const plain = text.normalize('NFC').toLowerCase().replaceAll(/[’ʼ`]/gu, "'").replaceAll(annotation, ' ')
    let end = 0
    for (const match of plain.matchAll(wordPattern)) {
      between += plain.slice(end, match.index)
      end = match.index + match[0].length
      words.push({
        text: match[0],
        before: toMark(between),
        isCutOff: /^-(?![\p{L}\p{N}-])/u.test(plain.slice(end, end + 2)),
      })
      between = ''
    }
    between += `${plain.slice(end)}\n`
  }
  return words
}

function toMark(between: string): Mark {
  if (/[.?!…。？！]/u.test(between)) return 'SENTENCE'
  if (/[,;:—–]| - /u.test(between)) return 'COMMA'
  return between.includes('\n') ? 'EDGE' : 'NONE'
}
