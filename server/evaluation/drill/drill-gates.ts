/** What must hold before any scorer is asked about an answer: what no one could judge honestly gets a reason, never a middling number. */
import { UnscorableError } from '../evaluator.ts'
import { isGibberish, isOtherLanguage } from '../readable-text.ts'
import { type AnswerText, readAnswerText } from './answer-text.ts'
import type { DrillEvaluationInput } from './drill-evaluator.ts'
import { isOnTopic } from './topic-gate.ts'
import { typedWordsPerMinute } from './judge-delivery.ts'

/** Some ten seconds of speech; under it any score would rest on chance. */
const leastAnswerWords = 25

/** Throws UnscorableError: empty, gibberish, another language, too short, the question read back, off the topic. */
export function passDrillGates(input: DrillEvaluationInput): AnswerText {
  const { question } = input
  const answer = readAnswerText(input.answer, [question.prompt, ...question.evaluationCriteria])
  const texts = answer.words.map(({ text }) => text)
  if (texts.length === 0) throw refuse('EMPTY_ANSWER', tellEmpty)
  if (isGibberish(texts)) throw refuse('GIBBERISH', input.isSpoken ? heardGibberish : tellGibberish)
  if (isOtherLanguage(texts)) throw refuse('WRONG_LANGUAGE', input.isSpoken ? heardOtherLanguage : tellOtherLanguage)
  if (texts.length < leastAnswerWords) throw refuse('TOO_LITTLE_SPEECH', tellTooShort(texts.length, input))
  if (answer.ownCount < leastAnswerWords) throw refuse('OFF_TOPIC', tellReadBack(answer.ownCount))
  if (!isOnTopic(answer, input)) throw refuse('OFF_TOPIC', tellOffTopic)
  return answer
}

const tellEmpty =
  'There are no words in your answer, so there is nothing to judge. Answer the question in a few sentences.'
const tellOtherLanguage =
  'Most of your answer is not English, and only English can be judged here. Answer the question in English.'
const heardOtherLanguage =
  'Most of what was understood is not English, and only English can be judged here. ' +
  'If you did speak English, check in the transcript what was heard; else answer again in English.'
const tellGibberish =
  'Your answer makes no sense as text, or says the same few words over and over, so it cannot be judged. Answer the question in whole sentences.'
const heardGibberish =
  'What was understood of your answer makes no sense as text, so it cannot be judged fairly. ' +
  'Check in the transcript what was heard, and try again closer to the microphone or in a quieter place.'
const tellOffTopic =
  'Nothing that this question asks for was found in your answer, so it has no score. ' +
  'Read the question once more, and use its own words in your first sentence.'

function tellTooShort(words: number, { question }: DrillEvaluationInput): string {
  const wanted = Math.round(((question.expectedDurationSeconds / 60) * typedWordsPerMinute) / 10) * 10
  return (
    `Your answer has ${words === 1 ? '1 word' : `${words} words`}, too few to judge fairly. ` +
    `Give at least ${leastAnswerWords}; about ${wanted} fit this question.`
  )
}

function tellReadBack(words: number): string {
  return (
    `Your answer mostly repeats the question or itself: ${words === 1 ? '1 word is' : `${words} words are`} new, ` +
    `and at least ${leastAnswerWords} are needed. Answer the question in your own words.`
  )
}

function refuse(code: UnscorableError['code'], message: string): UnscorableError {
  return new UnscorableError(code, message, false)
}
