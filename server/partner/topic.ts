/**
 * A topic of guided conversation: the reader of its file and of the topics folder. A topic is a graph of turns without
 * circles: every way through it asks the same number of questions.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { findSlotFaults } from './topic/slot-faults.ts'
import { topicShape, type Topic } from './topic/topic-shape.ts'
import { findTwinFaults } from './topic/twin-faults.ts'
import { findWayFaults } from './topic/ways.ts'

export { CEFR_LEVELS, END, type CefrLevel, type Topic, type TopicReply, type TopicTurn } from './topic/topic-shape.ts'

/** A topic file that cannot be used; `faults` has each fault with the turn it is in. */
export class TopicFileError extends Error {
  readonly faults: readonly string[]

  constructor(file: string, faults: readonly string[]) {
    super(`Topic file ${file} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'TopicFileError'
    this.faults = faults
  }
}

/** Parses one topic file's text. Throws TopicFileError, also when the key is not the file's name. */
export function parseTopicFile(file: string, text: string): Topic {
  const { topic, faults } = readTopic(file, text)
  if (!topic || faults.length > 0) throw new TopicFileError(file, faults)
  return topic
}

/** A topic as far as it can be read, null where its shape is wrong, with every fault found. */
export function readTopic(file: string, text: string): { topic: Topic | null; faults: string[] } {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    return { topic: null, faults: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] }
  }
  const parsed = topicShape.safeParse(raw)
  if (!parsed.success) return { topic: null, faults: parsed.error.issues.map(toShapeFault(raw)) }
  const topic = parsed.data
  const isMisnamed = `${topic.key}.json` !== file
  return {
    topic,
    faults: [
      ...(isMisnamed ? [`its key is "${topic.key}", which is not its name`] : []),
      ...findWayFaults(topic),
      ...findTwinFaults(topic),
      ...findSlotFaults(topic),
    ],
  }
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

/** `turn "2-breakfast", replies 1, text: Too big`: the turn by its id where it has one, replies counted from one. */
function toShapeFault(raw: unknown) {
  return ({ path, message }: z.core.$ZodIssue): string => {
    const [first, index, ...rest] = path
    const isInTurn = first === 'turns' && typeof index === 'number'
    const place = isInTurn ? [`turn ${nameTurn(raw, index)}`, ...toPlaces(rest)] : toPlaces(path)
    return place.length > 0 ? `${place.join(', ')}: ${message}` : message
  }
}

function nameTurn(raw: unknown, index: number): string {
  const { turns } = raw as { turns: ({ id?: unknown } | null)[] }
  const id = turns[index]?.id
  return typeof id === 'string' ? `"${id}"` : String(index + 1)
}

function toPlaces(path: readonly PropertyKey[]): string[] {
  return path.reduce<string[]>(
    (places, key) =>
      typeof key === 'number' && places.length > 0
        ? [...places.slice(0, -1), `${places.at(-1)} ${key + 1}`]
        : [...places, String(key)],
    [],
  )
}
