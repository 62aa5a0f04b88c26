/** A question, its pack's categories and answers to it, made by hand: each test changes what it is about. */
import type { DrillResult } from '../../../server/domain/drill-result.ts'
import type { MeasureName } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import type { DrillCategory, DrillEvaluationInput } from '../../../server/evaluation/drill/drill-evaluator.ts'
import { createLocalDrillEvaluator } from '../../../server/evaluation/drill/local-drill-evaluator.ts'
import { metricsOf, noSignal } from '../evaluation-input.ts'

export const question: DrillEvaluationInput['question'] = {
  prompt: 'Tell me about a time when you calmed down an angry customer.',
  category: 'Customers',
  expectedDurationSeconds: 60,
  evaluationCriteria: ['Says why the customer was angry', 'Says what they did', 'Says how it ended'],
  criteriaSignals: [
    ['angry', 'shout*', 'late', 'wrong size', 'upset'],
    ['i listened', 'i apolog*', 'i offered', 'i explained'],
    ['in the end', 'came back', 'thanked', 'smil*'],
  ],
}

export const categories: DrillCategory[] = [
  {
    name: 'Motivation',
    description: 'Says why the work matters to them.',
    signals: ['enjoy*', 'proud', 'i care'],
    practiceRule: 'Give one reason.',
  },
  {
    name: 'Teamwork',
    description: 'Shows how they work with others.',
    signals: ['colleague*', 'our team', 'together'],
    practiceRule: 'Name one other person.',
  },
  {
    name: 'Customers',
    description: 'Shows how they deal with a customer.',
    signals: ['customer*', 'i listened', 'refund'],
    practiceRule: 'Say the words that you used.',
  },
  { name: 'Problem solving', description: null, signals: ['solution*', 'decided', 'cause*'], practiceRule: null },
  { name: 'Reliability', description: null, signals: ['on time', 'promis*', 'checked'], practiceRule: null },
  { name: 'Learning', description: null, signals: ['learn*', 'since then', 'next time'], practiceRule: null },
  { name: 'Leadership', description: null, signals: ['i led', 'in charge', 'delegat*'], practiceRule: null },
]

/** Answers the question in every way that is counted, in about the expected number of words. */
export const goodAnswer =
  'Last winter an angry customer came into our shoe shop, because the boots that we had sent to her were the wrong size. ' +
  'She had a wedding on the same day and she was very upset, so everybody in the shop turned round. ' +
  'First I listened until she had said everything, and I did not argue. ' +
  'Then I apologised, and I explained that I would look for a pair at once. ' +
  'I called the other shop in our street, and my colleague ran over and fetched the boots while I made her a coffee. ' +
  'I offered her the laces as a present. In the end it took twenty minutes, and she thanked us and came back with her sister in spring. ' +
  'Since then I always listen first, because I learned that people calm down when somebody hears them.'

/** Longer than the least, on the topic, and nothing else. */
export const thinAnswer =
  'There was a customer and she was angry about something, and that was not nice for anybody in the shop, and people looked at us, and it went on for quite a long while.'

/** Nothing of the question, its criteria or its categories is in these words, and nothing of how answers are built. */
export const padding =
  'The yellow bicycle leans against a garden wall. Two cats sleep under the old apple tree. A red kite flies above the quiet lake. ' +
  'Soft rain falls upon wooden roofs. Small boats drift near the bridge. Tall grass bends beside the road. '

export function drillInputOf(input: Partial<DrillEvaluationInput> = {}): DrillEvaluationInput {
  return {
    answer: goodAnswer,
    isSpoken: false,
    durationSeconds: null,
    metrics: null,
    segments: [],
    question,
    categories,
    ...input,
  }
}

/** As if it had been said. */
export function spokenOf(
  values: Partial<Record<MeasureName, number | null>> = {},
  input: Partial<DrillEvaluationInput> = {},
): DrillEvaluationInput {
  const metrics = metricsOf({ wpm: 140, fillersPer100Words: 1, lexicalFillersPer100Words: 0, ...values })
  return drillInputOf({ isSpoken: true, durationSeconds: 60, metrics, ...input })
}

const local = createLocalDrillEvaluator()

export function judgeLocally(input: DrillEvaluationInput): Promise<DrillResult> {
  return local.evaluate(input, noSignal)
}

export function partOf(result: DrillResult, name: string): DrillResult['parts'][number] | undefined {
  return result.parts.find((part) => part.name === name)
}
