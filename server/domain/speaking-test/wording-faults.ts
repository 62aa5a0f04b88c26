/** The rules for the words of a speaking test: sentences short enough, words common enough, nothing private. Pure. */
import type { Fault } from './fault.ts'
import { WORDING_LIMITS } from './test-limits.ts'
import type { TestSet } from './test-set.ts'

/** How common a word is: its place among the forms of spoken English, the most frequent being 1; Infinity where it is not known. */
export type RankOf = (word: string) => number

interface Line {
  path: string
  text: string
}

/** Share of the running words that must be common. */
const LEAST_COMMON_SHARE = 0.97

/** Taught in every first course, yet rare in films, from whose talk the ranks are. */
const COURSE_WORDS = new Set(
  `app balcony beginners cafe cinema cloud clouds cloudy degrees menu museum playground potatoes rice sofa sunny wednesday`.split(
    ' ',
  ),
)

/** What nobody should have to tell in a test. Not all of it: a reader's judgement comes first. */
const PRIVATE =
  /\b(?:religio\w*|church|mosque|temple|pray\w*|god|politic\w*|elections?|vote\w*|illness\w*|disease\w*|your (?:health|weight|salary|income|age|boyfriend|girlfriend|husband|wife|marriage|parents|children))\b/iu

export function findWordingFaults(set: TestSet, rankOf: RankOf): Fault[] {
  const prompts = set.tasks.map((task, index) => ({ path: `tasks.${index}.prompt`, text: task.prompt }))
  const pictures = set.tasks.flatMap((task, index) =>
    task.kind === 'PICTURE' ? [{ path: `tasks.${index}.imageAlt`, text: task.imageAlt }] : [],
  )
  return [
    ...[...prompts, ...pictures].flatMap((line) => findLineFaults(line, set)),
    ...findRareWords(set, prompts, 'the prompts', rankOf),
    ...findRareWords(set, pictures, 'the picture in words', rankOf),
  ]
}

function findLineFaults({ path, text }: Line, { level }: TestSet): Fault[] {
  const { sentenceWords } = WORDING_LIMITS[level]
  const strange = text.match(/[^\x20-\x7e\n•“”°]|"/u)?.[0]
  const personal = text.match(PRIVATE)?.[0]
  const messages = [
    ...toSentences(text)
      .map((sentence) => toWords(sentence).length)
      .filter((count) => count > sentenceWords)
      .map((count) => `a sentence of ${count} words, where ${sentenceWords} is the most at ${level}`),
    ...(strange === undefined ? [] : [`the sign ${strange}: only plain letters, the apostrophe ' and quotes “ ”`]),
    ...(personal === undefined ? [] : [`“${personal}” is a private matter, or one to quarrel over`]),
  ]
  return messages.map((message) => ({ path, message }))
}

function findRareWords(set: TestSet, lines: readonly Line[], where: string, rankOf: RankOf): Fault[] {
  const { knownForms } = WORDING_LIMITS[set.level]
  const words = lines.flatMap(({ text }) => toWords(text))
  const rare = words.filter((word) => rankOf(word) > knownForms && !COURSE_WORDS.has(word))
  if (rare.length <= words.length * (1 - LEAST_COMMON_SHARE)) return []
  const percent = ((100 * (words.length - rare.length)) / words.length).toFixed(1)
  const named = [...new Set(rare)]
    .toSorted((a, b) => rankOf(b) - rankOf(a))
    .map((word) => `${word} (${Number.isFinite(rankOf(word)) ? rankOf(word) : 'not in the list'})`)
  return [
    {
      path: 'tasks',
      message: `only ${percent} % of the words of ${where} are among the ${knownForms} most common, where ${100 * LEAST_COMMON_SHARE} % must be; rare: ${named.join(', ')}`,
    },
  ]
}

/** Each point of a long turn is a sentence, and so is what comes before a colon. */
function toSentences(text: string): string[] {
  return text.split(/(?<=[.?!:])\s+|\n/u)
}

function toWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+(?:'[a-z]+)*/gu) ?? []
}
