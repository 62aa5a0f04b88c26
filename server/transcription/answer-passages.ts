/** What a service answered about one part of a recording, as passages. Times of words are taken where they fit the text. */
import { z } from 'zod'
import type { Passage, PassageWord } from './transcriber.ts'

const seconds = z.number().nonnegative()

/** Of `json` and of `verbose_json`. Source: OpenAI, API reference, "Create transcription". */
export const answerSchema = z.object({
  text: z.string(),
  /** Such as "english", or "en" from others. */
  language: z.string().nullish(),
  languages: z.array(z.object({ code: z.string() })).nullish(),
  segments: z.array(z.object({ start: seconds, end: seconds, text: z.string() })).nullish(),
  words: z.array(z.object({ word: z.string(), start: seconds, end: seconds })).nullish(),
})

export type TranscriptionAnswer = z.infer<typeof answerSchema>

/** `part` is where in the recording the sound lies that was sent. */
export function toPassages(answer: TranscriptionAnswer, part: { startMs: number; endMs: number }): Passage[] {
  const toMs = (at: number): number => Math.min(part.endMs, Math.round(part.startMs + at * 1_000))
  const timed = (answer.words ?? []).map(({ word, start, end }) => ({ word, startMs: toMs(start), endMs: toMs(end) }))
  const spoken = answer.segments?.length
    ? answer.segments.map(({ text, start, end }) => ({ text, startMs: toMs(start), endMs: toMs(end) }))
    : [{ text: answer.text, ...part }]
  return spoken.flatMap(({ text, startMs, endMs }) => {
    const tokens = text.split(/\s+/u).filter((token) => token !== '')
    if (tokens.length === 0) return []
    const span = { startMs, endMs: Math.max(startMs, endMs) }
    return [{ text: tokens.join(' '), ...span, words: giveTimes(tokens, wordsIn(timed, span)) }]
  })
}

/** In two letters; null when none or several were told. */
export function toLanguage({ language, languages }: TranscriptionAnswer): string | null {
  if (languages) return languages.length === 1 ? (languages[0]?.code ?? null) : null
  if (language?.toLowerCase() === 'english') return 'en'
  return language && /^[a-z]{2}$/.test(language) ? language : null
}

function wordsIn(timed: readonly PassageWord[], span: { startMs: number; endMs: number }): PassageWord[] {
  return timed.filter((word) => {
    const middleMs = (word.startMs + word.endMs) / 2
    return middleMs >= span.startMs && middleMs < span.endMs
  })
}

/** Services give words without their punctuation: the text's own words get the times. Null where the two differ. */
function giveTimes(tokens: readonly string[], timed: readonly PassageWord[]): PassageWord[] | null {
  const isSame = tokens.length === timed.length && tokens.every((token, at) => bare(token) === bare(timed[at]?.word))
  if (!isSame) return null
  let lastMs = 0
  return timed.map(({ startMs, endMs }, at) => {
    const fromMs = Math.max(lastMs, startMs)
    lastMs = Math.max(fromMs, endMs)
    return { word: tokens[at] ?? '', startMs: fromMs, endMs: lastMs }
  })
}

function bare(word = ''): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
