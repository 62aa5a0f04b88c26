/** Where a conversation stands that was held before, as its lines tell: used when a dropped call is taken up again. Pure. */
import { listMarks } from '../slots/slot-text.ts'
import type { Topic } from '../topic.ts'
import { findOpenTurn, nextTurn } from './conversation.ts'
import { NEW_TALK, type TalkState } from './talk-state.ts'
import { understand } from './understand.ts'

export interface SaidLine {
  role: 'user' | 'assistant'
  text: string
}

/**
 * What was said, recapped and got wrong is found anew from the learner's lines; the open question from the partner's. `speed` is
 * the session's, from which a learner may have slowed the partner down.
 */
export function resumeTalk(topic: Topic, lines: readonly SaidLine[], speed: number = NEW_TALK.speed): TalkState {
  const lastReply = lines.findLastIndex((line) => line.role === 'assistant')
  return lines.slice(0, lastReply + 1).reduce<TalkState>(
    (state, line) => {
      return line.role === 'user' ? answered(topic, state, line.text) : said(topic, state, line.text)
    },
    { ...NEW_TALK, speed },
  )
}

function answered(topic: Topic, state: TalkState, text: string): TalkState {
  const turn = findOpenTurn(topic, state)
  return turn ? nextTurn(topic, state, understand(text, turn)).state : state
}

/** The partner's line has the last word on which question is open. */
function said(topic: Topic, state: TalkState, text: string): TalkState {
  if (holdsLine(text, topic.closing)) return { ...state, turnId: null, isOver: true, lastLine: text }
  const asked = topic.turns.filter((turn) => [turn.ask, turn.simpler].some((line) => holdsLine(text, line)))
  // Two ways may ask in the same words.
  const open = asked.find((turn) => turn.id === state.turnId) ?? asked.at(-1)
  // Without a question it was a short remark, or broke off: what the learner said still counts.
  return open ? { ...state, isOver: false, turnId: open.id, lastLine: text } : state
}

/** Whether a line of the topic stands in the text, with anything in its slots. */
function holdsLine(text: string, line: string): boolean {
  if (listMarks(line).length === 0) return text.includes(line)
  const parts = line.split(/\{[^{}]*\}/u).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
  return new RegExp(parts.join('.{1,60}?'), 'u').test(text)
}
