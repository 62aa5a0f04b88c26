/** The rules for what a topic offers: a question that can be asked more simply, words explained, slots, variants, branches. */
import { toWords } from '../recognition/grammar.ts'
import { listMarks, listSlots } from '../slots/slot-text.ts'
import type { Topic, TopicTurn } from '../topic.ts'
import { listBranchings } from '../topic/ways.ts'
import { holdsPhrase } from '../topic/word-forms.ts'
import { LEVEL_LIMITS } from './level-limits.ts'
import { toSounds } from './pronunciations.ts'
import { listLines } from './topic-lines.ts'

const LEAST_BRANCHINGS = 3
/** The one topic whose key does not begin with its level. */
const LEVELLESS_KEY = 'general-talk'

/** What a topic lacks. */
export function findOfferFaults(topic: Topic): string[] {
  return [
    ...findNameFaults(topic),
    ...topic.turns.flatMap(findTurnFaults),
    ...findGlossaryFaults(topic),
    ...findCountFaults(topic),
  ]
}

function findNameFaults({ key, level }: Topic): string[] {
  return key === LEVELLESS_KEY || key.startsWith(`${level.toLowerCase()}-`)
    ? []
    : [`its key does not begin with its level: ${level.toLowerCase()}-${key}`]
}

function findTurnFaults(turn: TopicTurn): string[] {
  const sayings = turn.replies.flatMap((reply) => [reply, ...(reply.variants ?? [])]).map(({ text }) => text)
  const sounds = sayings.map((text) => toSounds(text.replaceAll(/\{[^{}]*\}/gu, ' slot ')))
  const faults = [
    ...(turn.ask.endsWith('?') ? [] : [`its ask does not end with the question: "${turn.ask}"`]),
    ...sayings
      .filter((_, index) => sounds.indexOf(sounds[index] ?? '') < index)
      .map((text) => `"${text}" cannot be told by ear from another reply or variant`),
  ]
  return faults.map((fault) => `turn "${turn.id}": ${fault}`)
}

function findGlossaryFaults(topic: Topic): string[] {
  const spoken = listLines(topic)
    .filter((line) => line.by === 'partner' || line.by === 'reply')
    .map((line) => toWords(line.text.replaceAll(/\{[^{}]*\}/gu, ' . ')))
  const words = topic.glossary.map((entry) => toWords(entry.word).join(' '))
  return topic.glossary.flatMap(({ word }, index) => [
    ...(spoken.some((line) => holdsPhrase(line, toWords(word))) ? [] : [`glossary "${word}": no line has this word`]),
    ...(words.indexOf(words[index] ?? '') < index ? [`glossary "${word}": it is there twice`] : []),
  ])
}

function findCountFaults(topic: Topic): string[] {
  const { leastSlots, leastVariants } = LEVEL_LIMITS[topic.level]
  const replies = topic.turns.flatMap((turn) => turn.replies)
  const withRecap = topic.turns.filter((turn) => turn.replies.some((reply) => reply.recap !== undefined)).length
  const counts: [number, number, string][] = [
    [listBranchings(topic).length, LEAST_BRANCHINGS, 'turns whose next question depends on the reply'],
    [replies.flatMap((reply) => listSlots(reply.text)).length, leastSlots, 'open slots in replies'],
    [replies.flatMap((reply) => reply.variants ?? []).length, leastVariants, 'variants'],
    [withRecap, Math.ceil(topic.turns.length / 2), 'turns with a recap in some reply'],
    [listMarksUsed(topic), 1, 'lines that use what was said in a slot'],
  ]
  return counts
    .filter(([count, least]) => count < least)
    .map(([count, least, what]) => `it has ${count} ${what}, where ${least} is the least`)
}

function listMarksUsed(topic: Topic): number {
  return listLines(topic).filter((line) => line.by === 'partner' && listMarks(line.text).length > 0).length
}
