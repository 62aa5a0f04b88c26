/**
 * What must hold before any scorer is asked. A gate refuses only what no scorer could judge honestly; of what is merely thin it says
 * which scores have nothing to rest on. Pure.
 */
import { type SpokenSegment, valueOf } from '../domain/speech-metrics/speech-metrics.ts'
import { type SpeakingEvaluationInput, UnscorableError } from './evaluator.ts'
import { type ScoreName, type Withheld } from '../domain/speaking-result.ts'
import { listLearnerSegments, listOwnSegments, toWords } from './own-words.ts'
import { isGibberish, isOtherLanguage } from './readable-text.ts'

/** No rate is taken from less speech, nothing is said of the words from fewer: the gates of the measures themselves. */
export const leastSpeechSeconds = 20
export const leastOwnWords = 75

/** What there is to judge. */
export interface Evidence {
  learnerSegments: SpokenSegment[]
  ownSegments: SpokenSegment[]
  ownWords: string[]
  speechSeconds: number
  /** Enough speech for pace and pauses. */
  hasEnoughSpeech: boolean
  /** Enough of the learner's own words for what is said of words. */
  hasEnoughWords: boolean
  /** The scores that have nothing to rest on. */
  withheld: Withheld[]
}

/** Throws UnscorableError: too little speech, another language, gibberish. */
export function passGates(input: Pick<SpeakingEvaluationInput, 'segments' | 'metrics'>): Evidence {
  const ownSegments = listOwnSegments(input.segments)
  const ownWords = ownSegments.flatMap((segment) => toWords(segment.text))
  const speechSeconds = valueOf(input.metrics, 'learnerSpeechSeconds') ?? 0
  const hasEnoughSpeech = speechSeconds >= leastSpeechSeconds
  const hasEnoughWords = ownWords.length >= leastOwnWords
  if (!hasEnoughSpeech && !hasEnoughWords) throw tooLittleSpeech(speechSeconds, ownWords.length)
  if (isGibberish(ownWords)) throw gibberish()
  if (isOtherLanguage(ownWords)) throw wrongLanguage()
  const learnerSegments = listLearnerSegments(input.segments)
  const hasCards = ownSegments.length < learnerSegments.length
  return {
    learnerSegments,
    ownSegments,
    ownWords,
    speechSeconds,
    hasEnoughSpeech,
    hasEnoughWords,
    withheld: [
      ...(hasEnoughSpeech ? [] : withholdFluency(speechSeconds)),
      ...(hasEnoughWords ? [] : withholdWords(ownWords.length, hasCards)),
    ],
  }
}

function tooLittleSpeech(seconds: number, words: number): UnscorableError {
  return new UnscorableError(
    'TOO_LITTLE_SPEECH',
    `You spoke for ${Math.floor(seconds)} s, with ${words} words of your own. That is too little to judge fairly. ` +
      `Speak for ${leastSpeechSeconds} s or more in your next session.`,
    false,
  )
}

function gibberish(): UnscorableError {
  return new UnscorableError(
    'GIBBERISH',
    'What was understood of your speech makes no sense as text, so it cannot be judged fairly. ' +
      'Check in the transcript what was heard, and try again closer to the microphone or in a quieter place.',
    false,
  )
}

function wrongLanguage(): UnscorableError {
  return new UnscorableError(
    'WRONG_LANGUAGE',
    'Most of what was understood is not English, and only English can be judged here. ' +
      'If you did speak English, check in the transcript what was heard; else try again in English.',
    false,
  )
}

function withholdFluency(seconds: number): Withheld[] {
  const reason = `Pace and pauses need ${leastSpeechSeconds} s of your speech; there are ${Math.floor(seconds)} s.`
  return [{ measure: 'fluency', reason }]
}

function withholdWords(count: number, hasCards: boolean): Withheld[] {
  const reason = hasCards
    ? `Your answers were matched with the reply cards, and the cards' words are not your own: ${count} words are, and ${leastOwnWords} are needed.`
    : `This needs ${leastOwnWords} words of your own; there are ${count}.`
  const names: ScoreName[] = ['accuracy', 'grammar', 'vocabulary', 'coherence']
  return names.map((measure) => ({ measure, reason }))
}
