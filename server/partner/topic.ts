/**
 * A topic of guided conversation: its shape, the rules a topic file must keep, and the reader of the topics folder.
 * A topic is a graph of turns without circles: every way through it asks the same number of questions.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const CEFR_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const

/** Where a reply leads when the conversation is over. */
export const END = 'end'

const line = (max: number) => z.string().trim().min(1).max(max)

const replySchema = z.strictObject({
  /** What the card shows and the learner says. */
  text: line(160),
  /** What the partner answers to it, before its next question. */
  reaction: line(240),
  /** The turn that follows; absent: the turn's own `next`. */
  next: line(40).optional(),
})

const turnSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  ask: line(240),
  /** The default way on, also taken after a free typed answer. */
  next: line(40),
  replies: z.array(replySchema).min(3).max(4),
})

const topicShape = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: line(60),
  level: z.enum(CEFR_LEVELS),
  promptHint: line(200),
  opening: line(240),
  closing: line(240),
  turns: z.array(turnSchema).min(8),
})

export type CefrLevel = (typeof CEFR_LEVELS)[number]
export type Topic = z.infer<typeof topicShape>
export type TopicTurn = z.infer<typeof turnSchema>
export type TopicReply = z.infer<typeof replySchema>

/** Shape and rules together; every fault is named with the turn it is in. */
export const topicSchema = topicShape.superRefine((topic, context) => {
  for (const message of graphFaults(topic)) context.addIssue({ code: 'custom', message })
})

/** A topic file that cannot be used; the message names the file and each fault. */
export class TopicFileError extends Error {
  constructor(file: string, faults: string) {
    super(`Topic file ${file} cannot be used:\n${faults}`)
    this.name = 'TopicFileError'
  }
}

/** Parses one topic file's text. Throws TopicFileError, also when the key is not the file's name. */
export function parseTopicFile(file: string, text: string): Topic {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new TopicFileError(file, `  not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = topicSchema.safeParse(raw)
  if (!parsed.success) throw new TopicFileError(file, z.prettifyError(parsed.error))
  if (`${parsed.data.key}.json` !== file)
    throw new TopicFileError(file, `  its key is "${parsed.data.key}", which is not its name`)
  return parsed.data
}

/** All topics of a folder by key, in file order. Throws TopicFileError for the first file at fault. */
export function loadTopics(folder: string): Map<string, Topic> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
  return new Map(
    files.map((file) => {
      const topic = parseTopicFile(file, readFileSync(join(folder, file), 'utf8'))
      return [topic.key, topic]
    }),
  )
}

/** The number of questions on every way through the topic; null when ways differ or run in a circle. */
export function countTurns(topic: Topic): number | null {
  const byId = new Map(topic.turns.map((turn) => [turn.id, turn]))
  const known = new Map<string, number | null>([[END, 0]])
  const lengthFrom = (id: string, path: ReadonlySet<string>): number | null => {
    const found = known.get(id)
    if (found !== undefined) return found
    const turn = byId.get(id)
    if (!turn || path.has(id)) return null
    const lengths = new Set(waysOut(turn).map((next) => lengthFrom(next, new Set([...path, id]))))
    const [only] = lengths
    const length = lengths.size === 1 && typeof only === 'number' ? only + 1 : null
    known.set(id, length)
    return length
  }
  return topic.turns[0] ? lengthFrom(topic.turns[0].id, new Set()) : null
}

/** The turns whose next question depends on the reply. */
export function branchingTurns(topic: Topic): TopicTurn[] {
  return topic.turns.filter((turn) => new Set(turn.replies.map((reply) => reply.next ?? turn.next)).size > 1)
}

function waysOut(turn: TopicTurn): string[] {
  return [...new Set([turn.next, ...turn.replies.map((reply) => reply.next ?? turn.next)])]
}

function graphFaults(topic: Topic): string[] {
  const ids = topic.turns.map((turn) => turn.id)
  const targets = new Set(topic.turns.flatMap(waysOut))
  const faults = [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `turn "${id}" is there twice`),
    ...[...targets]
      .filter((id) => id !== END && !ids.includes(id))
      .map((id) => `a reply leads to turn "${id}", which is not there`),
    ...ids
      .slice(1)
      .filter((id) => !targets.has(id))
      .map((id) => `nothing leads to turn "${id}"`),
    ...topic.turns.filter(hasTwinReplies).map((turn) => `turn "${turn.id}" has two replies that sound alike`),
  ]
  if (faults.length === 0 && countTurns(topic) === null)
    faults.push('its ways differ in the number of turns, or run in a circle')
  return faults
}

function hasTwinReplies(turn: TopicTurn): boolean {
  const spoken = turn.replies.map((reply) => reply.text.toLowerCase().replaceAll(/[^a-z' ]/g, ''))
  return new Set(spoken).size !== spoken.length
}
