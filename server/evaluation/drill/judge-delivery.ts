/** How the answer was given: its length, and for speech its pace and fillers; hedges in both. */
import { valueOf } from '../../domain/speech-metrics/speech-metrics.ts'
import { toPoints } from '../score-scales.ts'
import type { AnswerText } from './answer-text.ts'
import type { DrillEvaluationInput } from './drill-evaluator.ts'
import type { JudgedPart } from './drill-formula.ts'
import { beforeKinds, hedges } from './hedges.ts'
import { quoteHit } from './quote-answer.ts'
import { findAllPlaces, type Hit } from './signals.ts'

/** What a typed answer would take to say: the middle of an easy pace. */
export const typedWordsPerMinute = 140

/** Points by the length as a share of what the question expects. Ours: a fifth over or a seventh under is what it asks for. */
const lengthPoints = [
  [0, 0],
  [0.25, 25],
  [0.5, 60],
  [0.85, 100],
  [1.2, 100],
  [1.5, 80],
  [2, 45],
  [3, 15],
] as const
/** Words a minute. Ours: wide enough for careful speakers of a second language and for quick ones. */
const easyPace = { from: 110, to: 180 }
const pacePoints = [
  [40, 0],
  [80, 50],
  [easyPace.from, 100],
  [easyPace.to, 100],
  [210, 65],
  [260, 0],
] as const
/** Per 100 words. */
const hedgingPoints = [
  [0, 100],
  [1, 90],
  [2, 70],
  [4, 35],
  [8, 0],
] as const
/** "um" and phrases such as "you know", per 100 words. */
const fillerPoints = [
  [2, 100],
  [5, 75],
  [10, 30],
  [15, 0],
] as const
/** Over less sound a rate is chance. */
const leastTimedSeconds = 5
const mostQuotedHedges = 3

/** What of an answer is counted. */
export interface AnswerFigures {
  words: number
  wpm: number | null
  durationSeconds: number | null
}

export function countAnswer(answer: AnswerText, input: DrillEvaluationInput): AnswerFigures {
  const words = answer.words.length
  const durationSeconds = input.isSpoken ? input.durationSeconds : null
  const measured = input.isSpoken && input.metrics ? valueOf(input.metrics, 'wpm') : null
  // Silence before and after is in it, so it is the lower bound that a listener with a watch gets.
  const overall =
    durationSeconds === null || durationSeconds < leastTimedSeconds ? null : (60 * words) / durationSeconds
  const wpm = measured ?? overall
  return { words, wpm: wpm === null ? null : Math.round(wpm * 10) / 10, durationSeconds }
}

/** Those that can be measured of this answer. */
export function judgeDelivery(answer: AnswerText, figures: AnswerFigures, input: DrillEvaluationInput): JudgedPart[] {
  const expectedSeconds = input.question.expectedDurationSeconds
  return [
    figures.durationSeconds === null
      ? judgeWords(answer.ownCount, expectedSeconds)
      : judgeSeconds(figures.durationSeconds, expectedSeconds),
    judgePace(figures.wpm),
    judgeHedging(answer),
    judgeFillers(input),
  ].filter((part) => part !== null)
}

function judgeSeconds(seconds: number, expected: number): JudgedPart {
  const [spoken, wanted] = [Math.round(seconds), Math.round(expected)]
  const advice =
    seconds < expected
      ? `You spoke for ${spoken} s, and about ${wanted} s fit this question: there is room for ${wanted - spoken} s more.`
      : `You spoke for ${spoken} s, and about ${wanted} s fit this question: leave out what does not answer it.`
  return toLengthPart(seconds / expected, `${spoken} s of about ${wanted} s`, advice)
}

function judgeWords(words: number, expectedSeconds: number): JudgedPart {
  const wanted = Math.round((expectedSeconds / 60) * typedWordsPerMinute)
  const advice =
    words < wanted
      ? `You used ${words} words of your own, and about ${wanted} fit this question: there is room for ${wanted - words} more.`
      : `You used ${words} words of your own, and about ${wanted} fit this question: leave out what does not answer it.`
  return toLengthPart(words / wanted, `${words} words of your own, of about ${wanted}`, advice)
}

function toLengthPart(share: number, basis: string, advice: string): JudgedPart {
  const score = Math.round(toPoints({ points: lengthPoints }, share))
  return { name: 'length', score, basis, changes: score < 100 ? [{ text: advice, scoreAfter: 100 }] : [] }
}

function judgePace(wpm: number | null): JudgedPart | null {
  if (wpm === null) return null
  const score = Math.round(toPoints({ points: pacePoints }, wpm))
  const rounded = Math.round(wpm)
  const advice =
    wpm < easyPace.from
      ? `You spoke ${rounded} words a minute; from ${easyPace.from} on an answer is easy to follow. Plan your first two sentences before you start, so that you search less.`
      : `You spoke ${rounded} words a minute; up to ${easyPace.to} an answer is easy to follow. Stop for a breath after each sentence.`
  return {
    name: 'pace',
    score,
    basis: `${rounded} words a minute`,
    changes: score < 100 ? [{ text: advice, scoreAfter: 100 }] : [],
  }
}

function judgeHedging(answer: AnswerText): JudgedPart {
  const found = findAllPlaces(answer.words, hedges).filter((hit) => !isKind(answer, hit))
  const score = Math.round(toPoints({ points: hedgingPoints }, (100 * found.length) / Math.max(1, answer.words.length)))
  const quotes = found.slice(0, mostQuotedHedges).map((hit) => `"${quoteHit(answer, hit)}"`)
  const advice =
    `You hedged ${found.length === 1 ? 'once' : `${found.length} times`}: ${quotes.join(', ')}. ` +
    'Say the same sentences without these words, or say exactly what you are sure of.'
  return {
    name: 'hedging',
    score,
    basis:
      found.length === 0
        ? 'no hedge was found'
        : `${found.length === 1 ? '1 hedge' : `${found.length} hedges`} in ${answer.words.length} words`,
    changes: score < 100 ? [{ text: advice, scoreAfter: 100 }] : [],
  }
}

function isKind({ words }: AnswerText, { signal, first }: Hit): boolean {
  return /^(?:kind|sort) of$/u.test(signal) && beforeKinds.has(words[first - 1]?.text ?? '')
}

function judgeFillers({ isSpoken, metrics }: DrillEvaluationInput): JudgedPart | null {
  if (!isSpoken || !metrics) return null
  const sounds = valueOf(metrics, 'fillersPer100Words')
  const phrases = valueOf(metrics, 'lexicalFillersPer100Words')
  if (sounds === null) return null
  const rate = sounds + (phrases ?? 0)
  const score = Math.round(toPoints({ points: fillerPoints }, rate))
  const times = Math.round(rate)
  const advice = `At least ${times} of 100 words filled time ("um", "you know" and the like). Close your mouth instead: a short silence sounds calm.`
  return {
    name: 'fillers',
    score,
    basis: `at least ${times} in 100 words`,
    changes: score < 100 ? [{ text: advice, scoreAfter: 100 }] : [],
  }
}
