/** A content pack as its file has it. The titles and descriptions are those of the published JSON Schema. Pure. */
import { z } from 'zod'

/** Bytes of UTF-8. */
export const MAX_PACK_BYTES = 1024 * 1024

export const CATEGORY_COUNT = 7

/** What `name` falls back to is a title, so both have one limit. */
const MAX_NAME = 120
const MAX_QUESTIONS = 500

/** Source: semver.org, version 2.0.0, the expression that its FAQ suggests. */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/

/** Postgres has no place for a null character, nor for half of a character; the rest cannot be seen. */
const CONTROL = /[^\P{Cc}\n\t]/u

const text = (most: number, title: string, description: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((value) => !CONTROL.test(value) && value.isWellFormed(), 'This has a character that cannot be shown.')
    .meta({ title, description })

const signals = z
  .array(
    text(
      80,
      'Signal',
      'A word or phrase, in any case of letters; an asterisk at the end of a word matches every ending of it.',
    )
      .regex(/^[^*\s]+\*?(\s+[^*\s]+\*?)*$/, 'An asterisk may only stand at the end of a word.')
      .refine((value) => /[\p{L}\p{N}]/u.test(value), 'This must have a letter or digit.'),
  )
  .max(60)

const guide = z
  .strictObject({
    description: text(300, 'Description', 'What a listener looks for, in one sentence.').optional(),
    signals: signals.meta({ title: 'Signals', description: 'Words and phrases that show it.' }).optional(),
    practice_rule: text(300, 'Practice rule', 'What to do in the next answer, in one imperative sentence.').optional(),
  })
  .meta({ title: 'Category guide', description: 'What one category means and how it is heard.' })

const metadata = z
  .strictObject({
    title: text(MAX_NAME, 'Title', 'What the pack is called on the page.'),
    description: text(1_000, 'Description', 'What it prepares for.'),
    // The number is judged with the relations: here it would keep the categories themselves from being looked at.
    categories: z.array(text(80, 'Category', 'One of the seven things that every answer is judged by.')).meta({
      title: 'Categories',
      description: 'Seven, each once, in the order of the score card.',
      minItems: CATEGORY_COUNT,
      maxItems: CATEGORY_COUNT,
      uniqueItems: true,
    }),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'This must be the tag of a language, such as en or pt-BR.')
      .max(35)
      .meta({ title: 'Language', description: 'Of prompts and signals, as a BCP 47 tag.' })
      .optional(),
    category_guides: z
      .record(z.string(), guide)
      .meta({ title: 'Category guides', description: 'By the name of the category.' })
      .optional(),
  })
  .meta({ title: 'Metadata' })

const question = z
  .strictObject({
    id: text(120, 'Id', 'Unique within the pack. Keep it from version to version: attempts are compared by question.'),
    category: text(80, 'Category', 'The category that the question is mainly about: one of the seven.'),
    prompt: text(1_000, 'Prompt', 'What the interviewer asks.'),
    expected_duration_s: z
      .int()
      .min(10)
      .max(600)
      .meta({ title: 'Expected duration', description: 'Seconds that a good answer takes.' }),
    evaluation_criteria: z
      .array(text(300, 'Criterion', 'One thing that a good answer does.'))
      .min(1)
      .max(12)
      .meta({ title: 'Evaluation criteria', description: 'What a good answer to this question does.' }),
    criteria_signals: z
      .array(signals)
      .meta({ title: 'Signals of the criteria', description: 'One list for each criterion, in their order.' })
      .optional(),
  })
  .meta({ title: 'Question', description: 'One interview question.' })

export const packFileSchema = z
  .strictObject({
    $schema: z
      .string()
      .max(500)
      .meta({ title: 'Schema', description: 'Where this schema lies, for editors.' })
      .optional(),
    schema_version: z
      .string()
      .regex(/^1\.\d{1,4}\.\d{1,4}$/, 'This installation reads packs of schema version 1, such as 1.0.0.')
      .meta({ title: 'Schema version', description: '1.0.0 where it is left out.' })
      .optional(),
    name: text(
      MAX_NAME,
      'Name',
      'What all versions of the pack have in common; its title where it is left out.',
    ).optional(),
    version: z
      .string()
      .max(60)
      .regex(SEMVER, 'This must be a semantic version, such as 1.2.0.')
      .meta({ title: 'Version', description: 'Semantic version of the content; raise it with every change.' }),
    description: text(1_000, 'Description', 'That of the metadata where it is left out.').optional(),
    metadata,
    questions: z
      .array(question)
      .min(1)
      .max(MAX_QUESTIONS)
      .meta({ title: 'Questions', description: 'In the order in which they are listed.' }),
  })
  .meta({ title: 'Content pack', description: 'Interview questions and what answers to them are judged by.' })

/** A file without a fault, its texts without blanks at their ends. */
export type PackFile = z.output<typeof packFileSchema>
