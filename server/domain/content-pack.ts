/** What the rest works with once the file of a content pack is known to be good. Pure. */
import type { PackFile } from './content-pack-file.ts'

export type { PackFile } from './content-pack-file.ts'

export interface ContentPackContent {
  name: string
  version: string
  schemaVersion: string
  description: string | null
  title: string
  /** Exactly 7, each once. */
  categories: string[]
  /** One for every category, empty where the file has none. */
  guides: Record<string, CategoryGuide>
  questions: PackQuestion[]
}

export interface CategoryGuide {
  /** What a listener looks for, in a sentence. */
  description: string | null
  /** Words and phrases that show it, in any case of letters; an asterisk at the end of a word matches every ending. */
  signals: string[]
  /** An imperative sentence. */
  practiceRule: string | null
}

export interface PackQuestion {
  /** Unique within the pack. */
  key: string
  category: string
  prompt: string
  expectedDurationSeconds: number
  evaluationCriteria: string[]
  /** One list for each criterion; null where the file has none. */
  criteriaSignals: string[][] | null
}

/** With every default in place. */
export function toPackContent(file: PackFile): ContentPackContent {
  const { title, description, categories } = file.metadata
  return {
    name: file.name ?? title,
    version: file.version,
    schemaVersion: file.schema_version ?? '1.0.0',
    description: file.description ?? description,
    title,
    categories,
    guides: toGuides(file.metadata),
    questions: file.questions.map((question) => ({
      key: question.id,
      category: question.category,
      prompt: question.prompt,
      expectedDurationSeconds: question.expected_duration_s,
      evaluationCriteria: question.evaluation_criteria,
      criteriaSignals: question.criteria_signals ?? null,
    })),
  }
}

function toGuides({ categories, category_guides: given = {} }: PackFile['metadata']): Record<string, CategoryGuide> {
  return Object.fromEntries(
    categories.map((category) => {
      const guide = Object.hasOwn(given, category) ? given[category] : undefined
      const { description = null, signals = [], practice_rule: practiceRule = null } = guide ?? {}
      return [category, { description, signals, practiceRule }]
    }),
  )
}
