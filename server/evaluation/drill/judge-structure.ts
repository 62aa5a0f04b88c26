/** Structure: whether the answer opens on the question, sets a scene, tells what the learner did and what came of it, and closes. */
import { toPoints } from '../score-scales.ts'
import { type AnswerText, type PlacedWord, placeWords } from './answer-text.ts'
import { listStems, toStem } from './content-words.ts'
import type { DrillEvaluationQuestion } from './drill-evaluator.ts'
import type { JudgedPart } from './drill-formula.ts'
import type { CriterionEvidence } from './judge-coverage.ts'
import { quoteWords } from './quote-answer.ts'
import { findSignals } from './signals.ts'
import {
  betweenActions,
  closingSignals,
  evasionSignals,
  intentions,
  irregularActions,
  resultSignals,
  situationSignals,
} from './structure-signals.ts'

/** What an interviewer hears as the opening, and as the close. */
const openingWords = 30
const closingWords = 30
const quotedWords = 8

const situationPoints = [
  [0, 0],
  [1, 70],
  [2, 100],
] as const
const actionPoints = [
  [0, 0],
  [1, 40],
  [2, 70],
  [4, 100],
] as const
const resultPoints = [
  [0, 0],
  [1, 65],
  [2, 100],
] as const

interface Element {
  name: string
  weight: number
  /** 0 to 100. */
  score: number
  advice: string
}

export function judgeStructure(
  answer: AnswerText,
  question: DrillEvaluationQuestion,
  criteria: readonly CriterionEvidence[],
): JudgedPart {
  const elements = listElements(answer, question, criteria)
  const found = elements.filter(({ score }) => score > 0).map(({ name }) => name)
  return {
    name: 'structure',
    score: toMean(elements),
    basis: found.length === 0 ? 'no sign of how it is built was found' : `found: ${found.join(', ')}`,
    changes: elements
      .filter(({ score }) => score < 100)
      .map((weak) => ({
        text: weak.advice,
        scoreAfter: toMean(elements.map((one) => (one === weak ? { ...one, score: 100 } : one))),
      })),
  }
}

function listElements(
  answer: AnswerText,
  question: DrillEvaluationQuestion,
  criteria: readonly CriterionEvidence[],
): Element[] {
  const own = answer.ownWords
  const opening = quoteWords(answer, answer.words.slice(0, quotedWords))
  const ending = quoteWords(answer, answer.words.slice(-quotedWords))
  return [
    {
      name: 'an opening that answers',
      weight: 15,
      score: opensOnQuestion(answer, question, criteria) ? 100 : 0,
      advice: `Answer in your first sentence. Yours begins "${opening} ..." and does not yet say what the question asks.`,
    },
    {
      name: 'a situation',
      weight: 20,
      score: toPoints({ points: situationPoints }, findSignals(own, situationSignals).length),
      advice: 'Set the scene in one sentence: when it was, where, and who was there.',
    },
    {
      name: 'what you did',
      weight: 25,
      score: toPoints({ points: actionPoints }, countActions(own)),
      advice: tellActions(countActions(own)),
    },
    {
      name: 'a result',
      weight: 25,
      score: toPoints({ points: resultPoints }, findSignals(own, resultSignals).length + (hasNumber(own) ? 1 : 0)),
      advice: 'Say what came of it: what was different afterwards, with a number where there is one.',
    },
    {
      name: 'a close',
      weight: 15,
      score: findSignals(own.slice(-closingWords), closingSignals).length > 0 ? 100 : 0,
      advice: `Finish on purpose. After "... ${ending}" add one sentence that says what it shows about you or what you do since then.`,
    },
  ]
}

/** Something of the question or of what it asks for is in the first sentences, and they do not evade. */
function opensOnQuestion(
  { words, ownWords }: AnswerText,
  { prompt }: DrillEvaluationQuestion,
  criteria: readonly CriterionEvidence[],
): boolean {
  const start = words.slice(0, openingWords)
  if (findSignals(start, evasionSignals).length > 0) return false
  const asked = new Set(listStems(placeWords(prompt)))
  const isOnPrompt = start.some(({ text }) => asked.has(toStem(text)))
  return (
    isOnPrompt || (ownWords.length > 0 && criteria.some(({ hits }) => hits.some(({ first }) => first < openingWords)))
  )
}

/** `I decided`, `I then asked`, `I would call`: how often the learner is the one who acts. */
function countActions(words: readonly PlacedWord[]): number {
  return words.filter(({ text }, index) => {
    if (text === "i'd" || text === "i'll") return true
    if (text !== 'i') return false
    const next = words[index + 1]?.text ?? ''
    const verb = betweenActions.has(next) ? (words[index + 2]?.text ?? '') : next
    return intentions.has(next) || intentions.has(verb) || irregularActions.has(verb) || /..ed$/u.test(verb)
  }).length
}

function tellActions(count: number): string {
  return count === 0
    ? 'Say what you did yourself, step by step: "First I ...", "Then I ...".'
    : `You say only ${count === 1 ? 'once' : `${count} times`} what you did yourself. Tell two or three steps: "First I ...", "Then I ...".`
}

function hasNumber(words: readonly PlacedWord[]): boolean {
  return words.some(({ text }) => /^\p{N}/u.test(text))
}

function toMean(elements: readonly Element[]): number {
  const total = elements.reduce((sum, { weight }) => sum + weight, 0)
  return Math.round(elements.reduce((sum, { weight, score }) => sum + weight * score, 0) / total)
}
