/** The shape of a topic file. The titles and descriptions are those of the published JSON Schema. */
import { z } from 'zod'

export const CEFR_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const
export type CefrLevel = (typeof CEFR_LEVELS)[number]

/** Where a reply leads when the conversation is over. */
export const END = 'end'
/** Questions on every way through a topic. */
export const LEAST_QUESTIONS = 8
export const MOST_QUESTIONS = 14

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

const line = (max: number, title: string, description: string) =>
  z.string().trim().min(1).max(max).meta({ title, description })

const slug = (title: string, description: string) => z.string().regex(SLUG).max(60).meta({ title, description })

const variantSchema = z
  .strictObject({
    text: line(160, 'What is said', 'The reply as learners of this level often get it wrong, word for word.'),
    note: line(120, 'Correction', 'A kind, true, short correction: what we say instead, and why.'),
  })
  .meta({ title: 'Variant', description: 'A typical error in this reply; it leads where the reply leads.' })

const replySchema = z
  .strictObject({
    text: line(
      160,
      'Reply',
      'What the card shows and the learner says, in the first person. May hold up to two open slots: {country}, {mother:name}.',
    ),
    reaction: line(
      240,
      'Reaction',
      'The partner’s answer to exactly this reply, before its next question. The reply’s own slots stand in it by name.',
    ),
    next: slug('Way on', 'The turn that follows this reply; absent: the turn’s own way on.').optional(),
    recap: line(100, 'Recap', 'A clause that completes “Today you told me that …”, such as “you like tea”.').optional(),
    variants: z
      .array(variantSchema)
      .max(3)
      .meta({ title: 'Variants', description: 'How learners of this level often get this sentence wrong.' })
      .optional(),
  })
  .meta({ title: 'Reply', description: 'One of the cards of a question.' })

const turnSchema = z
  .strictObject({
    id: slug('Id', 'The name by which others lead to this turn, such as 2-breakfast.'),
    ask: line(240, 'Question', 'What the partner asks; ends with the question.'),
    simpler: line(
      200,
      'Simpler question',
      'The same question in easier or fewer words, said when the learner did not understand.',
    ),
    next: slug('Default way on', `The turn that follows, also after an answer in own words; "${END}" after the last.`),
    replies: z.array(replySchema).min(3).max(4).meta({ title: 'Replies', description: 'The cards, three or four.' }),
  })
  .meta({ title: 'Turn', description: 'One question of the partner with the replies that it offers.' })

const glossaryEntrySchema = z
  .strictObject({
    word: line(40, 'Word', 'A word or phrase that occurs in this topic.'),
    meaning: line(160, 'Meaning', 'What the partner says to “What does it mean?”, in words easier than the level.'),
  })
  .meta({ title: 'Glossary entry', description: 'A word that learners of this level may not know.' })

export const topicShape = z
  .strictObject({
    $schema: z.string().meta({ title: 'Schema', description: 'Where this schema lies, for editors.' }).optional(),
    key: slug('Key', 'The name of the file; begins with the level in lower case.'),
    title: line(60, 'Title', 'The topic’s name on the page.'),
    level: z
      .enum(CEFR_LEVELS)
      .meta({ title: 'Level', description: 'The level (CEFR) whose words and grammar it uses.' }),
    promptHint: line(200, 'Hint', 'What the talk is about: shown to the learner, and given to a language model.'),
    opening: line(240, 'Opening', 'Said before the first question.'),
    closing: line(240, 'Closing', 'Said last.'),
    glossary: z
      .array(glossaryEntrySchema)
      .min(5)
      .max(12)
      .meta({ title: 'Glossary', description: 'Words that the partner can explain, five to twelve.' }),
    turns: z
      .array(turnSchema)
      .min(LEAST_QUESTIONS)
      .meta({
        title: 'Turns',
        description: `A graph without circles: every way from the first turn to "${END}" has the same number of questions, ${LEAST_QUESTIONS} to ${MOST_QUESTIONS}.`,
      }),
  })
  .meta({ title: 'Topic', description: 'A topic of guided conversation with Parley’s built-in partner.' })

export type Topic = z.infer<typeof topicShape>
export type TopicTurn = z.infer<typeof turnSchema>
export type TopicReply = z.infer<typeof replySchema>
export type TopicVariant = z.infer<typeof variantSchema>
