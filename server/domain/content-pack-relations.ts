/** The rules of a content pack that no field can keep alone. Pure. */
import { z } from 'zod'
import { CATEGORY_COUNT } from './content-pack-file.ts'
import type { InputIssue } from './errors.ts'

/** A file of any shape, as far as these rules need it: what is not what it should be is left out, and is the schema's to tell. */
const word = z.string().trim().optional().catch(undefined)
const list = z.array(z.unknown()).optional().catch(undefined)
const noQuestion = { id: undefined, category: undefined, evaluation_criteria: undefined, criteria_signals: undefined }
const looseFile = z.object({
  metadata: z
    .object({
      categories: z.array(word).nullable().catch(null),
      category_guides: z.record(z.string(), z.unknown()).catch({}),
    })
    .catch({ categories: null, category_guides: {} }),
  questions: z
    .array(z.object({ id: word, category: word, evaluation_criteria: list, criteria_signals: list }).catch(noQuestion))
    .catch([]),
})

type Question = z.output<typeof looseFile>['questions'][number]

/** Of the content of any JSON file, good or not. */
export function findRelationFaults(json: unknown): InputIssue[] {
  const file = looseFile.safeParse(json)
  if (!file.success) return []
  const { metadata, questions } = file.data
  const categories = new Set(metadata.categories?.filter((category) => category !== undefined))
  return [
    ...(metadata.categories === null ? [] : findCategoryFaults(metadata.categories)),
    ...Object.keys(metadata.category_guides)
      .filter((category) => !categories.has(category))
      .map((category) => ({
        path: ['metadata', 'category_guides', category],
        message: 'There is no such category to guide to.',
      })),
    ...findRepetitions(
      questions.map(({ id }) => id),
      (index) => ['questions', String(index), 'id'],
    ),
    ...questions.flatMap((question, index) => findQuestionFaults(question, String(index), categories)),
  ]
}

function findCategoryFaults(categories: (string | undefined)[]): InputIssue[] {
  const path = ['metadata', 'categories']
  const message = `Exactly ${CATEGORY_COUNT} must be here, and there are ${categories.length}.`
  const names = categories.map((category) => category?.toLowerCase())
  return [
    ...(categories.length === CATEGORY_COUNT ? [] : [{ path, message }]),
    ...findRepetitions(names, (index) => [...path, String(index)]),
  ]
}

function findRepetitions(values: (string | undefined)[], pathOf: (index: number) => string[]): InputIssue[] {
  const firsts = new Map<string, number>()
  return values.flatMap((value, index) => {
    if (value === undefined) return []
    const first = firsts.get(value)
    if (first === undefined) firsts.set(value, index)
    return first === undefined
      ? []
      : [{ path: pathOf(index), message: `The same stands at ${pathOf(first).join('.')}.` }]
  })
}

function findQuestionFaults(question: Question, index: string, categories: ReadonlySet<string>): InputIssue[] {
  const { category, evaluation_criteria: criteria, criteria_signals: signals } = question
  const isUnknown = category !== undefined && categories.size > 0 && !categories.has(category)
  const isUneven = criteria !== undefined && signals !== undefined && criteria.length !== signals.length
  return [
    ...(isUnknown
      ? [{ path: ['questions', index, 'category'], message: 'This is none of the categories in metadata.categories.' }]
      : []),
    ...(isUneven
      ? [
          {
            path: ['questions', index, 'criteria_signals'],
            message: `There must be one list for each criterion: ${criteria.length}, and there are ${signals.length}.`,
          },
        ]
      : []),
  ]
}
