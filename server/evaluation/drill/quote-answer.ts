/** Quotes from an answer: always a piece of it, letter by letter. */
import { findVerbatim, quoteAround } from '../quote.ts'
import type { AnswerText, PlacedWord } from './answer-text.ts'
import type { Hit } from './signals.ts'

const takenMark = '\u0000'

/** What was found, with a few words around it. */
export function quoteHit(answer: AnswerText, { first, count }: Hit): string {
  const start = answer.words[first]?.start ?? 0
  const end = answer.words[first + count - 1]?.end ?? start
  return quoteAround({ itemId: 'answer', text: answer.text }, start, end - start).quote
}

/** The claimed words where they stand in the learner's own ones; null where nobody said them, or they were read from the question. */
export function findOwnQuote(answer: AnswerText, claimed: string): string | null {
  return findVerbatim(claimed, [{ itemId: 'answer', text: toOwnText(answer) }])?.quote ?? null
}

/** Whether a text holds anything in quotation marks that is not in the answer. */
export function hasInventedQuote(answer: AnswerText, text: string): boolean {
  const quotes = Array.from(
    text.matchAll(/["\u201C\u201D\u201E]([^"\u201C\u201D\u201E]+)["\u201C\u201D]/gu),
    ([, quote = '']) => quote,
  )
  return quotes.some((quote) => findOwnQuote(answer, quote.replace(/^[\s.\u2026]+|[\s.,\u2026]+$/gu, '')) === null)
}

/** The words from one to another, as they stand. */
export function quoteWords(answer: AnswerText, words: readonly PlacedWord[]): string {
  const [first, last] = [words[0], words.at(-1)]
  return first && last ? answer.text.slice(first.start, last.end) : ''
}

/** With marks that no quote holds in place of what is not the learner's own; of the same length. */
function toOwnText({ text, ownWords }: AnswerText): string {
  let own = ''
  let end = 0
  for (const word of ownWords.filter((one) => one.text === '')) {
    own += text.slice(end, word.start) + takenMark.repeat(word.end - word.start)
    end = word.end
  }
  return own + text.slice(end)
}
