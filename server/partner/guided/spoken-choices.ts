/** What is listened for at an open question: its replies, their typical errors, and small talk. Pure. */
import { toWords, type SpokenChoice, type WordLists } from '../recognition/grammar.ts'
import type { Recognition } from '../recognition/recogniser.ts'
import { cutAtSlots, fillSlots, listSlots, showGaps } from '../slots/slot-text.ts'
import { SLOT_VALUES } from '../slots/slot-values.ts'
import type { Topic, TopicTurn } from '../topic.ts'
import { asksForWord, SPOKEN_WORDINGS } from './small-talk.ts'
import type { TalkState } from './talk-state.ts'

/** The name of the list of words that the learner may ask about. */
const ASKED = 'asked'
/** Words too short to be asked about, and too easily heard. */
const LEAST_ASKED_LETTERS = 4

export interface ListenedFor {
  choices: readonly (SpokenChoice & { toText: (recognition: Recognition) => string })[]
  lists: WordLists
}

export function listenFor(topic: Topic, state: TalkState, turn: TopicTurn): ListenedFor {
  const sayings = turn.replies.flatMap((reply) =>
    [reply, ...(reply.variants ?? [])].map(({ text }, nth) => ({ text, nth })),
  )
  const slots = sayings.flatMap(({ text }) => listSlots(text))
  return {
    choices: [
      ...sayings.map(({ text, nth }) => ({
        wording: toWording(text),
        kind: nth === 0 ? ('reply' as const) : ('slip' as const),
        toText: (recognition: Recognition) => toFilledText(text, recognition),
      })),
      ...Object.values(SPOKEN_WORDINGS)
        .flat()
        .map((wording) => ({
          wording: wording.toLowerCase(),
          kind: 'aside' as const,
          toText: ({ words }: Recognition) => toSentence(words, asksForWord(wording)),
        })),
    ],
    lists: {
      ...Object.fromEntries(slots.map(({ name, kind }) => [name, SLOT_VALUES[kind].map(toSpelledWords)])),
      [ASKED]: listAskableWords(topic, state),
    },
  }
}

function toWording(text: string): string {
  return cutAtSlots(text)
    .map((part) => (typeof part === 'string' ? toSpelledWords(part) : `<${part.name}>`))
    .join(' ')
}

function toFilledText(text: string, { filled }: Recognition): string {
  const values = Object.fromEntries(
    listSlots(text).flatMap(({ name, kind }) => {
      const value = SLOT_VALUES[kind].find((listed) => toSpelledWords(listed) === filled[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return fillSlots(text, values) ?? showGaps(text)
}

/** The topic's explained words and the longer words of what the partner said last. */
function listAskableWords(topic: Topic, state: TalkState): string[] {
  const words = toWords(state.lastLine).filter((word) => word.length >= LEAST_ASKED_LETTERS && !word.includes("'"))
  return [...new Set([...topic.glossary.map((entry) => toSpelledWords(entry.word)), ...words])]
}

/** Heard words as they are written: `Can you say that again please?` */
function toSentence(words: string, isQuestion: boolean): string {
  const text = words.replaceAll(/\bi\b/gu, 'I')
  const mark = isQuestion || /^(?:sorry )?(?:can|could|what|how)\b/u.test(words) ? '?' : '.'
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${mark}`
}

function toSpelledWords(text: string): string {
  return toWords(text).join(' ')
}
