/**
 * What the learner said between two turns of the partner, and when: the frame in which pauses are looked for. A gap across a
 * change of speaker is never inside a turn, and so never a pause.
 */
import { openSyllableCounter, type SyllableCounter } from './syllables.ts'
import { findSpeech, spanOf } from './envelope-speech.ts'
import { intersect, lengthOf, listGaps, totalLength, type Span } from './spans.ts'
import type { PauseSource, SpeechInput, SpokenSegment } from './speech-metrics.ts'
import { listWords } from './words.ts'

/** From the learner's first to last speech. */
export interface LearnerTurn extends Span {
  words: number
  syllables: number
  /** Silences of 200 ms and more inside. */
  silences: readonly Span[]
  /** What the partner said right before; null where that was nothing, or where its time is not known. */
  partnerBefore: Span | null
}

export interface LearnerTurns {
  pauseSource: PauseSource
  /** All that have a time. */
  turns: readonly LearnerTurn[]
  /** Those whose pauses are known from `pauseSource`: rates are taken over these alone, so that all have one base. */
  measured: readonly LearnerTurn[]
  hasTranscript: boolean
}

/** The shortest silence that is ever called a pause. */
const shortestPauseMs = 200
/** How far a recogniser's times may be off the sound. */
const toleranceMs = 300
/** A turn is read from the sound where this much of it was recorded. */
const leastCoverage = 0.9
/** Nobody speaks faster: words that would need it have no true time, as when a recogniser sent none. */
const mostSyllablesPerSecond = 12
/** Where nothing was written down, a silence so long in a conversation is taken for the partner's turn. */
const turnEndMs = 2_000

interface Draft extends Span {
  spans: Span[]
  words: number
  syllables: number
  partnerBefore: Span | null
}

export function findLearnerTurns(input: SpeechInput): LearnerTurns {
  const drafts = listDrafts(input)
  const hasTranscript = input.segments.some(isSpokenByLearner)
  if (drafts.length === 0 && !hasTranscript) return fromSoundAlone(input)
  const heard = hear(input, drafts)
  const turns = drafts.map((draft, index) => heard[index] ?? fromSegments(draft))
  const measured = heard.filter((turn) => turn !== null)
  // The sound of less than half of what was said would stand for the whole.
  const isHeard = measured.length > 0 && totalLength(measured) >= totalLength(turns) / 2
  if (isHeard) return { pauseSource: 'ENVELOPE', turns, measured, hasTranscript }
  const fromText = drafts.map(fromSegments)
  return { pauseSource: 'SEGMENTS', turns: fromText, measured: fromText, hasTranscript }
}

/** Typed messages are the learner's words, but nobody heard them. */
export function isSpokenByLearner({ speaker, source }: SpokenSegment): boolean {
  return speaker === 'LEARNER' && source !== 'TYPED'
}

function listDrafts({ segments, envelopes }: SpeechInput): Draft[] {
  const counter = openSyllableCounter()
  const drafts: Draft[] = []
  let current: Draft | null = null
  let partner: Span | null = null
  for (const segment of segments) {
    if (!isSpokenByLearner(segment)) {
      current = null
      partner = segment.speaker === 'PARTNER' ? joinSpans(partner, segment) : null
      continue
    }
    const { words, syllables } = countIn(segment, counter)
    if (!hasTrueTime(segment, syllables)) continue
    const isSamePart = current !== null && partOf(envelopes, current.endMs) === partOf(envelopes, segment.startMs)
    if (current === null || !isSamePart) {
      current = {
        startMs: segment.startMs,
        endMs: segment.endMs,
        spans: [],
        words: 0,
        syllables: 0,
        partnerBefore: partner,
      }
      drafts.push(current)
      partner = null
    }
    current.spans.push({ startMs: segment.startMs, endMs: segment.endMs })
    current.startMs = Math.min(current.startMs, segment.startMs)
    current.endMs = Math.max(current.endMs, segment.endMs)
    current.words += words
    current.syllables += syllables
  }
  return drafts.sort((a, b) => a.startMs - b.startMs)
}

function countIn({ text }: SpokenSegment, counter: SyllableCounter): { words: number; syllables: number } {
  const words = listWords([text])
  return { words: words.length, syllables: words.reduce((sum, word) => sum + counter.count(word.text).syllables, 0) }
}

function hasTrueTime(segment: SpokenSegment, syllables: number): boolean {
  const seconds = (segment.endMs - segment.startMs) / 1_000
  return Number.isFinite(seconds) && seconds > 0 && syllables / seconds <= mostSyllablesPerSecond
}

function joinSpans(known: Span | null, { startMs, endMs }: Span): Span | null {
  if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) return known
  if (!known) return { startMs, endMs }
  return { startMs: Math.min(known.startMs, startMs), endMs: Math.max(known.endMs, endMs) }
}

/** Which recorded part a moment lies in or follows: what is between two parts was not recorded, and is no pause. */
function partOf(envelopes: SpeechInput['envelopes'], timeMs: number): number {
  return envelopes.findLastIndex((envelope) => envelope.startMs - toleranceMs <= timeMs)
}

function fromSegments(draft: Draft): LearnerTurn {
  const { spans, ...turn } = draft
  const ordered = spans.toSorted((a, b) => a.startMs - b.startMs)
  return { ...turn, silences: listGaps(ordered, shortestPauseMs) }
}

/** Each turn as its sound has it; null where it was not recorded, or nothing was heard there. */
function hear({ envelopes }: SpeechInput, drafts: readonly Draft[]): (LearnerTurn | null)[] {
  const speech = envelopes.flatMap((envelope) => findSpeech(envelope, drafts))
  const recorded = envelopes.map(spanOf)
  let next = 0
  return drafts.map((draft, index) => {
    const covered = totalLength(recorded.map((part) => intersect(part, draft)))
    if (covered < lengthOf(draft) * leastCoverage) return null
    const window = {
      startMs: Math.max(draft.startMs - toleranceMs, drafts[index - 1]?.endMs ?? -Infinity),
      endMs: Math.min(draft.endMs + toleranceMs, drafts[index + 1]?.startMs ?? Infinity),
    }
    while (next < speech.length && (speech[next]?.endMs ?? 0) <= draft.startMs) next += 1
    return fromSpeech(draft, window, speech, next)
  })
}

/** Speech that touches the turn belongs to it, up to the tolerance. `first` is the first that ends after the turn begins. */
function fromSpeech(draft: Draft, window: Span, speech: readonly Span[], first: number): LearnerTurn | null {
  const inside: Span[] = []
  for (let index = first; index < speech.length; index += 1) {
    const span = speech[index]
    if (!span || span.startMs >= draft.endMs) break
    inside.push(intersect(span, window))
  }
  const [start, end] = [inside[0], inside.at(-1)]
  if (!start || !end) return null
  const { words, syllables, partnerBefore } = draft
  const silences = listGaps(inside, shortestPauseMs)
  return { startMs: start.startMs, endMs: end.endMs, words, syllables, silences, partnerBefore }
}

/** A learner alone has one turn in each recorded part, however long the silences; in a conversation long ones end a turn. */
function fromSoundAlone({ segments, envelopes, kind }: SpeechInput): LearnerTurns {
  const partner = segments.filter(({ speaker }) => speaker === 'PARTNER')
  const turns = envelopes.flatMap((envelope) => {
    const groups: Span[][] = []
    for (const span of findSpeech(envelope, [])) {
      const before = groups.at(-1)?.at(-1)
      if (before && !isTurnChange({ startMs: before.endMs, endMs: span.startMs }, partner, kind))
        groups.at(-1)?.push(span)
      else groups.push([span])
    }
    return groups.map((spans) => ({
      startMs: spans[0]?.startMs ?? 0,
      endMs: spans.at(-1)?.endMs ?? 0,
      words: 0,
      syllables: 0,
      silences: listGaps(spans, shortestPauseMs),
      partnerBefore: null,
    }))
  })
  return { pauseSource: 'ENVELOPE', turns, measured: turns, hasTranscript: false }
}

function isTurnChange(gap: Span, partner: readonly Span[], kind: SpeechInput['kind']): boolean {
  if (kind === 'MONOLOGUE') return false
  return lengthOf(gap) >= turnEndMs || partner.some((span) => lengthOf(intersect(gap, span)) > 0)
}
