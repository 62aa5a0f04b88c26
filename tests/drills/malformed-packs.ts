/** Content packs with faults, each with every fault that must be told of it. */
import type { SamplePack } from '../support/sample-pack.ts'

export interface MalformedPack {
  what: string
  /** Changes a good pack; what it gives, if anything, takes the pack's place. */
  spoil: (pack: SamplePack) => unknown
  /** `path: message`, in the order in which they are told. */
  faults: string[]
}

const missing = 'This is missing.'
const unknownField = 'There is no such field in a content pack.'
const noWord = 'This has a character that cannot be shown.'

export const malformedPacks: MalformedPack[] = [
  { what: 'an empty file', spoil: () => '', faults: [': This is not JSON: look at line 1, column 1.'] },
  {
    what: 'a file that is not JSON',
    spoil: () => '{\n  "version": "1.0.0",\n  version\n}',
    faults: [': This is not JSON: look at line 3, column 3.'],
  },
  { what: 'a list', spoil: () => '[]', faults: [': This must be an object.'] },
  { what: 'nothing', spoil: () => 'null', faults: [': This must be an object.'] },
  {
    what: 'an empty object',
    spoil: () => '{}',
    faults: [`metadata: ${missing}`, `questions: ${missing}`, `version: ${missing}`],
  },
  {
    what: 'a byte more than 1 MiB',
    spoil: (pack) => JSON.stringify(pack).padEnd(1024 * 1024 + 1),
    faults: [': A pack has at most 1048576 bytes, and this one has 1048577. Split it into several.'],
  },
  {
    what: 'a version that is not semantic',
    spoil: (pack) => void Object.assign(pack, { version: '1.2' }),
    faults: ['version: This must be a semantic version, such as 1.2.0.'],
  },
  {
    what: 'a version with a leading zero',
    spoil: (pack) => void Object.assign(pack, { version: '1.02.0' }),
    faults: ['version: This must be a semantic version, such as 1.2.0.'],
  },
  {
    what: 'a schema version of the future',
    spoil: (pack) => void Object.assign(pack, { schema_version: '2.0.0' }),
    faults: ['schema_version: This installation reads packs of schema version 1, such as 1.0.0.'],
  },
  {
    what: 'an empty name',
    spoil: (pack) => void Object.assign(pack, { name: '' }),
    faults: ['name: This is empty.'],
  },
  {
    what: 'a name of 121 characters',
    spoil: (pack) => void Object.assign(pack, { name: 'a'.repeat(121) }),
    faults: ['name: At most 120 characters, and there are 121.'],
  },
  {
    what: 'fields that nobody knows, at every depth',
    spoil(pack) {
      Object.assign(pack, { author: 'x', metadata: { ...pack.metadata, colour: 'red' } })
      Object.assign(pack.questions[1], { hint: 'x', points: 3 })
    },
    faults: [
      `author: ${unknownField}`,
      `metadata.colour: ${unknownField}`,
      `questions.1.hint: ${unknownField}`,
      `questions.1.points: ${unknownField}`,
    ],
  },
  {
    what: 'six categories',
    spoil: (pack) => void pack.metadata.categories.pop(),
    faults: ['metadata.categories: Exactly 7 must be here, and there are 6.'],
  },
  {
    what: 'eight categories, one of them no text',
    spoil: (pack) => void pack.metadata.categories.splice(2, 0, 5),
    faults: [
      'metadata.categories: Exactly 7 must be here, and there are 8.',
      'metadata.categories.2: This must be a text.',
    ],
  },
  {
    what: 'a category twice, in other letters',
    spoil: (pack) => void pack.metadata.categories.splice(4, 1, 'TEAMWORK'),
    faults: ['metadata.categories.4: The same stands at metadata.categories.1.'],
  },
  {
    what: 'a question of no category',
    spoil: (pack) => void Object.assign(pack.questions[1], { category: 'teamwork' }),
    faults: ['questions.1.category: This is none of the categories in metadata.categories.'],
  },
  {
    what: 'no question',
    spoil: (pack) => void Object.assign(pack, { questions: [] }),
    faults: ['questions: At least 1 must be here, and there are 0.'],
  },
  {
    what: 'questions with one id',
    spoil: (pack) => void Object.assign(pack.questions[1], { id: 'why-here' }),
    faults: ['questions.1.id: The same stands at questions.0.id.'],
  },
  {
    what: 'a question without anything',
    spoil: (pack) => void pack.questions.push({}),
    faults: ['category', 'evaluation_criteria', 'expected_duration_s', 'id', 'prompt'].map(
      (field) => `questions.2.${field}: ${missing}`,
    ),
  },
  {
    what: 'a question that is a text',
    spoil: (pack) => void pack.questions.push('Why?'),
    faults: ['questions.2: This must be an object.'],
  },
  {
    what: 'durations that are none',
    spoil(pack) {
      pack.questions[0].expected_duration_s = 0
      pack.questions[1].expected_duration_s = '90'
      pack.questions.push({ ...pack.questions[0], id: 'a', expected_duration_s: 90.5 })
      pack.questions.push({ ...pack.questions[0], id: 'b', expected_duration_s: 601 })
    },
    faults: [
      'questions.0.expected_duration_s: At least 10.',
      'questions.1.expected_duration_s: This must be a number.',
      'questions.2.expected_duration_s: This must be a whole number.',
      'questions.3.expected_duration_s: At most 600.',
    ],
  },
  {
    what: 'no criteria, and an empty one',
    spoil(pack) {
      pack.questions[0].evaluation_criteria = []
      pack.questions[1].evaluation_criteria = ['Describes one situation', '']
    },
    faults: [
      'questions.0.evaluation_criteria: At least 1 must be here, and there are 0.',
      'questions.1.evaluation_criteria.1: This is empty.',
    ],
  },
  {
    what: 'signals for one criterion of two',
    spoil: (pack) => void Object.assign(pack.questions[0], { criteria_signals: [['because']] }),
    faults: ['questions.0.criteria_signals: There must be one list for each criterion: 2, and there are 1.'],
  },
  {
    what: 'signals that match nothing, or anything',
    spoil: (pack) =>
      void Object.assign(pack.questions[0], { criteria_signals: [['re*son'], ['*', '...', 3, 'a'.repeat(81)]] }),
    faults: [
      'questions.0.criteria_signals.0.0: An asterisk may only stand at the end of a word.',
      'questions.0.criteria_signals.1.0: An asterisk may only stand at the end of a word.',
      'questions.0.criteria_signals.1.0: This must have a letter or digit.',
      'questions.0.criteria_signals.1.1: This must have a letter or digit.',
      'questions.0.criteria_signals.1.2: This must be a text.',
      'questions.0.criteria_signals.1.3: At most 80 characters, and there are 81.',
    ],
  },
  {
    what: 'guides to no category, or of no shape',
    spoil: (pack) =>
      void Object.assign(pack.metadata, {
        category_guides: { Team: {}, Ethics: { signals: 'rules', practice_rule: '' }, Insight: null },
      }),
    faults: [
      'metadata.category_guides.Ethics.practice_rule: This is empty.',
      'metadata.category_guides.Ethics.signals: This must be a list.',
      'metadata.category_guides.Insight: This must be an object.',
      'metadata.category_guides.Team: There is no such category to guide to.',
    ],
  },
  {
    what: 'a language that is none',
    spoil: (pack) => void Object.assign(pack.metadata, { language: 'English please' }),
    faults: ['metadata.language: This must be the tag of a language, such as en or pt-BR.'],
  },
  {
    what: 'characters that no database keeps',
    spoil(pack) {
      pack.metadata.title = 'a\0b'
      pack.questions[0].prompt = 'half a character: \ud83d'
      pack.questions[1].evaluation_criteria = ['a bell: \u0007']
    },
    faults: [
      `metadata.title: ${noWord}`,
      `questions.0.prompt: ${noWord}`,
      `questions.1.evaluation_criteria.0: ${noWord}`,
    ],
  },
  {
    what: 'faults of every kind at once',
    spoil(pack) {
      delete pack.metadata.description
      Object.assign(pack, { version: 'v1', extra: true })
      pack.metadata.categories = ['Motivation', 'motivation', '']
      pack.questions[0] = { ...pack.questions[1], category: 'Ethics', prompt: 7, criteria_signals: [] }
    },
    faults: [
      `extra: ${unknownField}`,
      'metadata.categories: Exactly 7 must be here, and there are 3.',
      'metadata.categories.1: The same stands at metadata.categories.0.',
      'metadata.categories.2: This is empty.',
      `metadata.description: ${missing}`,
      'questions.0.category: This is none of the categories in metadata.categories.',
      'questions.0.criteria_signals: There must be one list for each criterion: 1, and there are 0.',
      'questions.0.prompt: This must be a text.',
      'questions.1.category: This is none of the categories in metadata.categories.',
      'questions.1.id: The same stands at questions.0.id.',
      'version: This must be a semantic version, such as 1.2.0.',
    ],
  },
]

/** The text of the file. */
export function spoiled({ spoil }: MalformedPack, pack: SamplePack): string {
  const other = spoil(pack)
  return typeof other === 'string' ? other : JSON.stringify(pack)
}

/** Faults as the table has them. */
export function toLines(faults: readonly { path: string[]; message: string }[]): string[] {
  return faults.map(({ path, message }) => `${path.join('.')}: ${message}`)
}
