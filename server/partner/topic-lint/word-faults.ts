/** The rule for words: a topic speaks in those that are common enough for its level. */
import { toWords } from '../recognition/grammar.ts'
import { listForms } from '../topic/word-forms.ts'
import type { Topic } from '../topic.ts'
import { LEVEL_LIMITS } from './level-limits.ts'
import { listLines, type TopicLine } from './topic-lines.ts'
import { rankOf } from './word-ranks.ts'

/** Share of the running words that must be common. */
const LEAST_COMMON_SHARE = 0.97

/** What is wrong with the choice of words; names the rare ones with their ranks, rarest first. */
export function findWordFaults(topic: Topic): string[] {
  const lines = listLines(topic)
  const spoken = lines.filter((line) => line.by === 'partner' || line.by === 'reply')
  const meanings = lines.filter((line) => line.by === 'meaning')
  return [
    ...findRareWords(topic, spoken, 'the lines'),
    ...findRareWords(topic, meanings, 'the meanings of the glossary'),
  ]
}

function findRareWords(topic: Topic, lines: readonly TopicLine[], where: string): string[] {
  const { knownForms } = LEVEL_LIMITS[topic.level]
  const allowed = new Set(
    [topic.title, ...topic.glossary.map((entry) => entry.word)].flatMap(toWords).flatMap(listForms),
  )
  const words = lines.flatMap((line) => toWords(line.text.replaceAll(/\{[^{}]*\}/gu, ' ')))
  const rare = words.filter((word) => rankOf(word) > knownForms && !listForms(word).some((form) => allowed.has(form)))
  if (rare.length <= words.length * (1 - LEAST_COMMON_SHARE)) return []
  const percent = ((100 * (words.length - rare.length)) / words.length).toFixed(1)
  const named = [...new Set(rare)]
    .toSorted((a, b) => rankOf(b) - rankOf(a))
    .map((word) => `${word} (${Number.isFinite(rankOf(word)) ? rankOf(word) : 'not in the list'})`)
  return [
    `only ${percent} % of the words of ${where} are among the ${knownForms} most common, where ${100 * LEAST_COMMON_SHARE} % must be; rare: ${named.join(', ')}`,
  ]
}
