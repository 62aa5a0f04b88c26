/** How a talk ends: with what the learner told, kindly with what could be said better, and the topic's goodbye. */
import { fillLine } from '../slots/slot-text.ts'
import type { Topic } from '../topic.ts'
import { phrasesFor } from './phrases.ts'
import type { HeardError, PartnerTurn, TalkState } from './talk-state.ts'

/** `before` is the partner's answer to what the learner said last. */
export function sayFarewell(topic: Topic, state: TalkState, before: string): PartnerTurn {
  const { recap, corrections } = phrasesFor(topic.level)
  const errors = state.errors.filter(isFirstOfItsNote)
  const lines = [
    before,
    ...(state.recaps.length > 0 ? [recap(state.recaps)] : []),
    ...corrections.flatMap((correct, index) => {
      const error = errors[index]
      return error ? [correct(error.text, error.note)] : []
    }),
    fillLine(topic.closing, state.values),
  ]
  const text = lines.join(' ')
  return { text, state: { ...state, turnId: null, isOver: true, lastLine: text } }
}

function isFirstOfItsNote(error: HeardError, index: number, all: readonly HeardError[]): boolean {
  return all.findIndex(({ note }) => note === error.note) === index
}
