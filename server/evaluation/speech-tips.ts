/** Tips from how the learner spoke: a long pause, the pace, fillers, words said twice. Each null where there is nothing to say. */
import { cefrLevels, type CefrLevel } from '../domain/cefr-level.ts'
import { referenceTables } from '../domain/speech-metrics/reference-tables.ts'
import { type Pause, type SpeechMetrics, type SpokenSegment, valueOf } from '../domain/speech-metrics/speech-metrics.ts'
import type { Tip } from '../domain/speaking-result.ts'
import { quoteEnd, quoteStart } from './quote.ts'

/** Far longer than the average pause at any level of the reference tables; listeners begin to wonder. */
const longPauseMs = 2_000
/** Below this part of the next level's average the pace is what to work on. */
const slowShare = 0.85
/** One word in twelve, one in twenty: where listeners notice. Ours, no study's. */
const manyFillersPer100 = 8
const manyRepairsPer100 = 5

export function tellLongPause(pauses: readonly Pause[], learnerSegments: readonly SpokenSegment[]): Tip | null {
  const longest = pauses.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs))[0]
  if (!longest || longest.endMs - longest.startMs < longPauseMs) return null
  const seconds = ((longest.endMs - longest.startMs) / 1_000).toFixed(1)
  const segment = learnerSegments.findLast(({ startMs }) => startMs <= longest.startMs)
  if (!segment || segment.text.trim() === '') return null
  const isAfterIt = longest.startMs >= segment.endMs
  const advice = 'When you look for words, keep the turn with a phrase such as "let me think" or "what I mean is".'
  return isAfterIt
    ? { text: `After these words you were silent for ${seconds} s. ${advice}`, ...quoteEnd(segment) }
    : { text: `While saying this you were silent for ${seconds} s. ${advice}`, ...quoteStart(segment) }
}

const paceTable = referenceTables.find(({ measure }) => measure === 'speechRate')

export function tellPace(metrics: SpeechMetrics, level: CefrLevel | null): Tip | null {
  const next = level && cefrLevels[cefrLevels.indexOf(level) + 1]
  const average = paceTable?.means.find((mean) => mean.level === next)?.value
  const pace = valueOf(metrics, 'speechRate')
  if (average === undefined || pace === null || pace >= average * slowShare) return null
  return withoutQuote(
    `You spoke at ${Math.round(pace)} syllables a minute, pauses counted; speakers at ${next} averaged ${Math.round(average)} in one study. ` +
      'Tell the same short story three times in a row: the third time goes faster by itself.',
  )
}

/** Advice alone: fillers lower no score, for no study found that they part the levels. */
export function tellFillers(metrics: SpeechMetrics): Tip | null {
  const fillers = valueOf(metrics, 'fillersPer100Words')
  if (fillers === null || fillers < manyFillersPer100) return null
  return withoutQuote(
    `At least ${Math.round(fillers)} of 100 words were "um", "uh" or the like. They cost you no points, everyone uses them. ` +
      'To sound calmer, try a short silence instead.',
  )
}

/** Advice alone, as with fillers. */
export function tellRepairs(metrics: SpeechMetrics): Tip | null {
  const repairs = valueOf(metrics, 'repairsPer100Words')
  if (repairs === null || repairs < manyRepairsPer100) return null
  return withoutQuote(
    `You said words again or started over about ${Math.round(repairs)} times in 100 words. It costs you no points. ` +
      'If you like, pause a moment before a long sentence and plan its first half.',
  )
}

function withoutQuote(text: string): Tip {
  return { text, quote: null, segmentItemId: null }
}
