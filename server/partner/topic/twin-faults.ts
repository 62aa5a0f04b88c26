/** No two things that a learner may say to one question can sound alike. */
import { toWords } from '../recognition/grammar.ts'
import { listMarks } from '../slots/slot-text.ts'
import type { Topic, TopicTurn } from './topic-shape.ts'

/** What is wrong with the replies and variants of a topic, heard side by side. */
export function findTwinFaults(topic: Topic): string[] {
  return topic.turns.flatMap((turn) => {
    const heard = listSayings(turn).map((text) => ({ text, sound: toSound(text) }))
    return heard
      .filter(({ sound }, index) => heard.findIndex((other) => other.sound === sound) < index)
      .map(({ text }) => `turn "${turn.id}": "${text}" sounds like another reply or variant of this turn`)
  })
}

function listSayings(turn: TopicTurn): string[] {
  return turn.replies.flatMap((reply) => [reply.text, ...(reply.variants ?? []).map((variant) => variant.text)])
}

/** Two slots of one kind sound alike, whatever their names. */
function toSound(text: string): string {
  const kinds = listMarks(text).map(({ name, kind }) => kind ?? name)
  const gaps = text.split(/\{[^{}]*\}/u).map((part) => toWords(part).join(' '))
  return gaps.map((gap, index) => (index === 0 ? gap : `<${kinds[index - 1]}> ${gap}`)).join(' ')
}
