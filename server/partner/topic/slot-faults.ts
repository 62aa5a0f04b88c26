/** The rules for open slots: of a known kind, few, with enough words around them, and used only where they can be filled. */
import { hasSoundMarks, listMarks, listSlots, SLOT_KINDS } from '../slots/slot-text.ts'
import type { Topic, TopicReply, TopicTurn } from './topic-shape.ts'
import { listTurnsBefore } from './ways.ts'

const MOST_SLOTS = 2
const LEAST_FIXED_WORDS = 3
/** An error may be that a word is missing: "I from {country}." */
const LEAST_FIXED_WORDS_OF_VARIANT = 2

/** What is wrong with the slots of a topic. */
export function findSlotFaults(topic: Topic): string[] {
  const before = listTurnsBefore(topic)
  const byId = new Map(topic.turns.map((turn) => [turn.id, turn]))
  const filledBy = (ids: Iterable<string>) =>
    new Set([...ids].flatMap((id) => (byId.get(id)?.replies ?? []).flatMap(({ text }) => namesOf(text))))
  return [
    ...inTurnless('opening', topic.opening, new Set()),
    ...inTurnless('closing', topic.closing, filledBy(byId.keys())),
    ...findKindClashes(topic),
    ...topic.turns.flatMap((turn) => findTurnFaults(turn, filledBy(before.get(turn.id) ?? []))),
  ]
}

function inTurnless(place: string, line: string, filled: ReadonlySet<string>): string[] {
  return findUseFaults(line, filled, new Set()).map((fault) => `${place}: ${fault}`)
}

function findTurnFaults(turn: TopicTurn, filled: ReadonlySet<string>): string[] {
  const faults = [turn.ask, turn.simpler].flatMap((line) => findUseFaults(line, filled, new Set()))
  const ofReplies = turn.replies.flatMap((reply) => findReplyFaults(reply, filled))
  return [...faults, ...ofReplies].map((fault) => `turn "${turn.id}": ${fault}`)
}

function findReplyFaults(reply: TopicReply, filled: ReadonlySet<string>): string[] {
  const own = new Set(namesOf(reply.text))
  return [
    ...findOpenSlotFaults(reply.text, LEAST_FIXED_WORDS),
    ...(reply.variants ?? []).flatMap((variant) => [
      ...findOpenSlotFaults(variant.text, LEAST_FIXED_WORDS_OF_VARIANT),
      ...namesOf(variant.text)
        .filter((name) => !own.has(name))
        .map((name) => `the variant "${variant.text}" has the slot {${name}}, which its reply has not`),
    ]),
    ...[reply.reaction, reply.recap ?? ''].flatMap((line) => findUseFaults(line, filled, own)),
  ]
}

function findOpenSlotFaults(text: string, leastFixedWords: number): string[] {
  if (!hasSoundMarks(text)) return [`"${text}" has braces that are no slot`]
  const marks = listMarks(text)
  const names = marks.map((mark) => mark.name)
  const unknown = marks.filter(({ name, kind }) => !SLOT_KINDS.some((known) => known === (kind ?? name)))
  const fixedWords = text.replaceAll(/\{[^}]*\}/gu, ' ').match(/[a-z][a-z'-]*/giu) ?? []
  return [
    ...unknown.map(({ name, kind }) => `"${text}" has a slot of the unknown kind "${kind ?? name}"`),
    ...marks
      .filter((mark) => mark.fallback !== null)
      .map((mark) => `"${text}" gives the open slot {${mark.name}} a fallback`),
    ...(new Set(names).size < names.length ? [`"${text}" has two slots of one name`] : []),
    ...(marks.length > MOST_SLOTS ? [`"${text}" has more than ${MOST_SLOTS} slots`] : []),
    ...(marks.length > 0 && fixedWords.length < leastFixedWords
      ? [`"${text}" has fewer than ${leastFixedWords} fixed words around its slots`]
      : []),
  ]
}

/** A line of the partner: marks of values that can be known there, with a fallback where they may not be. */
function findUseFaults(line: string, filled: ReadonlySet<string>, own: ReadonlySet<string>): string[] {
  if (!hasSoundMarks(line)) return [`"${line}" has braces that are no slot`]
  return listMarks(line).flatMap(({ name, kind, fallback }) => {
    if (kind !== null) return [`"${line}" opens a slot {${name}:${kind}}, which only a reply can`]
    if (own.has(name)) return []
    if (!filled.has(name)) return [`"${line}" uses {${name}}, which no reply before it fills`]
    return fallback === null ? [`"${line}" uses {${name}} without a fallback, as in {${name}|something}`] : []
  })
}

function findKindClashes(topic: Topic): string[] {
  const kinds = new Map<string, string>()
  return topic.turns.flatMap((turn) =>
    turn.replies.flatMap((reply) =>
      listSlots(reply.text).flatMap(({ name, kind }) => {
        const first = kinds.get(name) ?? kind
        kinds.set(name, first)
        return first === kind
          ? []
          : [`turn "${turn.id}": the slot {${name}} is a ${first} elsewhere and a ${kind} here`]
      }),
    ),
  )
}

function namesOf(text: string): string[] {
  return listMarks(text).map((mark) => mark.name)
}
