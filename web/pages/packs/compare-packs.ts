/** What became of the questions from one version of a pack to another. Pure. */
import { toDuration } from '../../components/format.ts'
import type { QuestionPartsFragment } from '../../gql/documents.ts'

export interface PackDifference {
  added: QuestionPartsFragment[]
  removed: QuestionPartsFragment[]
  changed: ChangedQuestion[]
  sameCount: number
}

export interface ChangedQuestion {
  /** As it is in the later version. */
  question: QuestionPartsFragment
  /** At least one. */
  changes: QuestionChange[]
}

export interface QuestionChange {
  what: string
  before: string
  after: string
}

/** Questions are the same where their key is: it stays from version to version. */
export function comparePacks(
  before: readonly QuestionPartsFragment[],
  after: readonly QuestionPartsFragment[],
): PackDifference {
  const earlier = new Map(before.map((question) => [question.key, question]))
  const keys = new Set(after.map(({ key }) => key))
  const kept = after.flatMap((question) => {
    const former = earlier.get(question.key)
    return former ? [{ question, changes: listChanges(former, question) }] : []
  })
  const changed = kept.filter(({ changes }) => changes.length > 0)
  return {
    added: after.filter(({ key }) => !earlier.has(key)),
    removed: before.filter(({ key }) => !keys.has(key)),
    changed,
    sameCount: kept.length - changed.length,
  }
}

function listChanges(before: QuestionPartsFragment, after: QuestionPartsFragment): QuestionChange[] {
  const was = toTexts(before)
  return toTexts(after).flatMap(({ what, text }, index) => {
    const former = was[index]?.text ?? ''
    return former === text ? [] : [{ what, before: former, after: text }]
  })
}

function toTexts(question: QuestionPartsFragment): { what: string; text: string }[] {
  return [
    { what: 'Question', text: question.prompt },
    { what: 'Category', text: question.category },
    { what: 'Expected time', text: toDuration(question.expectedDurationSeconds) },
    { what: 'Looks for', text: question.evaluationCriteria.join('\n') },
  ]
}
