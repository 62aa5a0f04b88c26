/** Tips from which words the learner chose: one used again and again, sentences that all begin alike. Null where there is nothing to say. */
import { type SpeechMetrics, type SpokenSegment, valueOf } from '../domain/speech-metrics/speech-metrics.ts'
import type { Tip } from '../domain/speaking-result.ts'
import type { Evidence } from './gates.ts'
import { toWords, toPlainMarks } from './own-words.ts'
import { quoteAround, quoteStart } from './quote.ts'

/** Often said, and easy to vary. */
const alternatives: Record<string, string> = {
  very: '"really", "so", or one stronger word: "huge" for "very big"',
  good: '"great", "useful", "enjoyable" or "kind", whichever you mean',
  nice: '"friendly", "pleasant", "pretty" or "delicious", whichever you mean',
  bad: '"awful", "unhealthy", "unfair" or "poor", whichever you mean',
  big: '"large", "huge", "wide" or "important", whichever you mean',
  happy: '"glad", "pleased", "cheerful" or "excited"',
  interesting: '"surprising", "fascinating" or "useful to know"',
  beautiful: '"lovely", "pretty" or "stunning", or say what you see',
  things: 'the name of what you mean, such as "tools", "ideas" or "problems"',
  thing: 'the name of what you mean, such as "tool", "idea" or "problem"',
  really: '"truly" or "a lot", or leave it out',
  maybe: '"perhaps", "I suppose" or "it could be that"',
  important: '"necessary", "serious" or "the main"',
}

const leastTimes = 4
/** Of all words: one in forty stands out. */
const leastShare = 0.025
const manyEverydayWords = 0.93
const leastSentences = 6
/** Of the sentences. */
const sameOpeningShare = 0.4

export function tellOverusedWord({ ownSegments, ownWords }: Evidence): Tip | null {
  const counts = new Map<string, number>()
  for (const word of ownWords) if (Object.hasOwn(alternatives, word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const [word, times] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? ['', 0]
  if (times < leastTimes || times / ownWords.length < leastShare) return null
  const quote = quoteFirst(ownSegments, word)
  return quote && { text: `You used "${word}" ${times} times. For variety, try ${alternatives[word]}.`, ...quote }
}

/** Nine in ten is what everyone's speech has; the words beyond are what a richer vocabulary shows in. */
export function tellEverydayWords(metrics: SpeechMetrics): Tip | null {
  const share = valueOf(metrics, 'frequentWordShare')
  if (share === null || share < manyEverydayWords) return null
  return {
    text:
      `${Math.round(share * 100)} of 100 words were among the 2,000 most common ones. ` +
      'Before you speak about this topic again, write down five words that say more exactly what you mean, and use them.',
    quote: null,
    segmentItemId: null,
  }
}

export function tellSameOpenings(ownSegments: readonly SpokenSegment[]): Tip | null {
  const openings = ownSegments.flatMap((segment) => listOpenings(segment.text).map((opening) => ({ opening, segment })))
  if (openings.length < leastSentences) return null
  const groups = [...Map.groupBy(openings, ({ opening }) => opening).values()]
  const most = groups.toSorted((a, b) => b.length - a.length)[0] ?? []
  const first = most[0]
  if (!first || most.length < leastTimes || most.length / openings.length < sameOpeningShare) return null
  return {
    text:
      `${most.length} of your ${openings.length} sentences begin with "${first.opening}". ` +
      'Begin some with when, where or why: "Last week, ...", "Because of that, ...", "For me, ...".',
    ...(quoteFirst([first.segment], first.opening) ?? quoteStart(first.segment)),
  }
}

/** The first two words of each sentence of three words and more. */
function listOpenings(text: string): string[] {
  return text.split(/[.!?]+/u).flatMap((sentence) => {
    const words = toWords(sentence)
    return words.length < 3 ? [] : [words.slice(0, 2).join(' ').replace(/^i\b/u, 'I')]
  })
}

function quoteFirst(segments: readonly SpokenSegment[], words: string): ReturnType<typeof quoteAround> | null {
  const pattern = new RegExp(
    `(?<![\\p{L}'])${words
      .split(' ')
      .map((word) => RegExp.escape(word))
      .join("[^\\p{L}']+")}(?![\\p{L}'])`,
    'iu',
  )
  for (const segment of segments) {
    const match = pattern.exec(toPlainMarks(segment.text))
    if (match) return quoteAround(segment, match.index, match[0].length)
  }
  return null
}
