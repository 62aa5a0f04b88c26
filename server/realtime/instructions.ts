import type { CefrLevel } from '../domain/cefr-level.ts'
import type { TalkStyle } from '../domain/talk-style.ts'

export interface InstructionsInput {
  topic: { key: string; title: string; promptHint: string | null }
  level: CefrLevel
  talk: TalkStyle
  pauseMs: number
  learnerName: string | null
}

/** How long a learner of each level may be silent before the partner takes the turn. */
export const defaultPauseMs: Record<CefrLevel, number> = { A1: 1800, A2: 1800, B1: 1500, B2: 1500, C1: 1200, C2: 1200 }

/** For a partner that understands nothing of free talk: only a long silence tells it that an answer is over. */
export const freeTalkPauseMs: Record<CefrLevel, number> = { A1: 3000, A2: 3000, B1: 2500, B2: 2500, C1: 2000, C2: 2000 }

/** The voice's pace for each level, 1 being its own. */
export const defaultSpeed: Record<CefrLevel, number> = { A1: 0.8, A2: 0.85, B1: 0.9, B2: 0.95, C1: 1, C2: 1 }

const languageFor: Record<CefrLevel, string> = {
  A1: 'Use only very common words and the present tense. Sentences of at most eight words.',
  A2: 'Use common words, and short sentences of at most twelve words.',
  B1: 'Use everyday language and sentences of at most eighteen words; explain an unusual word when you use one.',
  B2: 'Speak naturally, but avoid rare idioms.',
  C1: 'Speak as you would to an educated native speaker, idioms included.',
  C2: 'Speak as you would to an educated native speaker, and do not shy away from nuance, irony and abstract ideas.',
}

/** The first line is read by the built-in partner; a model may ignore it. */
export function toInstructions(input: InstructionsInput): string {
  const { topic, level } = input
  return [
    `topic=${topic.key}; level=${level}; pause=${input.pauseMs}${input.talk === 'FREE' ? '; talk=free' : ''}`,
    `You are a friendly English conversation partner for a learner at CEFR level ${level}.`,
    ...(input.learnerName === null ? [] : [`The learner's name is ${JSON.stringify(input.learnerName)}.`]),
    `The topic is "${topic.title}". ${topic.promptHint ?? ''}`.trim(),
    'Speak English only. Greet the learner, then ask your first question about the topic at once.',
    languageFor[level],
    'Ask one open question at a time and build on what the learner says. Say little: the learner should talk most of the time.',
    'Never correct in the middle of a thought. If you did not understand, say so kindly and ask again.',
    'After about ten minutes, or when the learner wants to stop, sum up in one sentence and say goodbye.',
  ].join('\n')
}
