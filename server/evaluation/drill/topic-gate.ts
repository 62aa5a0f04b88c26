/** How much of an answer belongs to what was asked: words of the question, of its criteria, or of any of the pack's categories. */
import { type AnswerText, placeWords } from './answer-text.ts'
import { isOfSubject, listStems, toStem } from './content-words.ts'
import type { DrillEvaluationInput } from './drill-evaluator.ts'
import { findCategory } from './judge-categories.ts'
import { findCriteria } from './judge-coverage.ts'

/** One word of the topic in so many: weak answers have one in 27 and more, talks of other things one in 90 and less. */
const mostWordsPerTopicWord = 45
/** Of fewer words than these one that stands in every talk is enough: chance decides there. */
const leastWordsToTell = 50

export function isOnTopic(answer: AnswerText, { question, categories }: DrillEvaluationInput): boolean {
  const criteriaHits = findCriteria(answer, question).flatMap(({ hits }) => hits)
  const hits = [...criteriaHits, ...categories.flatMap((category) => findCategory(answer, category))]
  const found = hits.flatMap(({ first, count }) => answer.ownWords.slice(first, first + count))
  const asked = new Set(listStems(placeWords(question.prompt)))
  const onPrompt = answer.ownWords.filter(({ text }) => text !== '' && asked.has(toStem(text)))
  if (answer.ownCount < leastWordsToTell) return found.length + onPrompt.length > 0
  const topicWords = new Set(
    [...found, ...onPrompt].filter(({ text }) => isOfSubject(text)).map(({ text }) => toStem(text)),
  )
  return topicWords.size * mostWordsPerTopicWord >= answer.ownCount
}
