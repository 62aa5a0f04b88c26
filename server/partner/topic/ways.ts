/** The ways through a topic: its turns as a graph without circles. Pure. */
import { END, LEAST_QUESTIONS, MOST_QUESTIONS, type Topic, type TopicTurn } from './topic-shape.ts'

/** The number of questions on every way through the topic; null when ways differ or run in a circle. */
export function countTurns(topic: Topic): number | null {
  const byId = new Map(topic.turns.map((turn) => [turn.id, turn]))
  const known = new Map<string, number | null>([[END, 0]])
  const lengthFrom = (id: string, path: ReadonlySet<string>): number | null => {
    const found = known.get(id)
    if (found !== undefined) return found
    const turn = byId.get(id)
    if (!turn || path.has(id)) return null
    const lengths = new Set(listWaysOut(turn).map((next) => lengthFrom(next, new Set([...path, id]))))
    const [only] = lengths
    const length = lengths.size === 1 && typeof only === 'number' ? only + 1 : null
    known.set(id, length)
    return length
  }
  return topic.turns[0] ? lengthFrom(topic.turns[0].id, new Set()) : null
}

/** The turns whose next question depends on the reply. */
export function listBranchings(topic: Topic): TopicTurn[] {
  return topic.turns.filter((turn) => new Set(turn.replies.map((reply) => reply.next ?? turn.next)).size > 1)
}

/** The turns that may have come before each turn, by their ids. Ends also where ways run in a circle. */
export function listTurnsBefore(topic: Topic): Map<string, Set<string>> {
  const before = new Map(topic.turns.map((turn) => [turn.id, new Set<string>()]))
  for (let hasGrown = true; hasGrown;) {
    hasGrown = false
    for (const turn of topic.turns) {
      for (const next of listWaysOut(turn)) {
        const known = before.get(next)
        const size = known?.size
        for (const id of [turn.id, ...(before.get(turn.id) ?? [])]) known?.add(id)
        hasGrown ||= known?.size !== size
      }
    }
  }
  return before
}

/** What is wrong with the ways of a topic. */
export function findWayFaults(topic: Topic): string[] {
  const ids = topic.turns.map((turn) => turn.id)
  const targets = new Set(topic.turns.flatMap(listWaysOut))
  const faults = [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `turn "${id}" is there twice`),
    ...ids.filter((id) => id === END).map((id) => `turn "${id}" has the name of the end`),
    ...topic.turns.flatMap((turn) =>
      listWaysOut(turn)
        .filter((id) => id !== END && !ids.includes(id))
        .map((id) => `turn "${turn.id}" leads to turn "${id}", which is not there`),
    ),
    ...ids
      .slice(1)
      .filter((id) => !targets.has(id))
      .map((id) => `turn "${id}": nothing leads to it`),
  ]
  return faults.length > 0 ? faults : findLengthFaults(topic)
}

function findLengthFaults(topic: Topic): string[] {
  const count = countTurns(topic)
  if (count === null) return ['its ways differ in the number of turns, or run in a circle']
  return count < LEAST_QUESTIONS || count > MOST_QUESTIONS
    ? [`it asks ${count} questions, which is not between ${LEAST_QUESTIONS} and ${MOST_QUESTIONS}`]
    : []
}

function listWaysOut(turn: TopicTurn): string[] {
  return [...new Set(turn.replies.map((reply) => reply.next ?? turn.next).concat(turn.next))]
}
