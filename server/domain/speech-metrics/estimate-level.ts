/**
 * A level of the Common European Framework from what was counted, by the rules in docs/speech-metrics.md: each measure that a
 * reference table knows votes for the nearest level, and the median of the votes is the estimate. Not checked against graded speech.
 */
import { cefrLevels, type CefrLevel } from '../cefr-level.ts'
import { referenceTables, type ReferenceMean, type ReferenceTable } from './reference-tables.ts'
import type { Measure, MeasureName, SpeechInput, SpeechMetrics } from './speech-metrics.ts'

export interface LevelEstimate {
  /** Null where the evidence does not carry one: `withheld` says why. */
  level: CefrLevel | null
  /** The levels that the evidence does not exclude, lowest first; never the level alone. Empty without a level. */
  range: CefrLevel[]
  /** 0 to 1: how much evidence there was and how far it agreed. Not the chance that the level is right. */
  confidence: number | null
  /** Evidence that was missing, and `level` where that is null. */
  withheld: { measure: string; reason: string }[]
  votes: LevelVote[]
  /** What to know about the estimate, in sentences. */
  notes: string[]
}

export interface LevelVote {
  measure: MeasureName
  vote: CefrLevel
  /** The measure does not tell this level from those above. */
  isOrAbove: boolean
  /** The value lies below all that the table has: a lower level is not excluded. */
  isOrBelow: boolean
  source: string
}

/** The tables are provisional: full evidence in full agreement is not worth more. */
const mostConfidence = 0.7
/** Speech in a conversation is held against tables from monologues. */
const conversationFactor = 0.8
/** How fast a card is read says less than how fast one speaks. */
const cardsFactor = 0.5
const leastVotes = 2
/** Segments of a transcript show only the long pauses, and the tables count from 250 ms. */
const needsSound = new Set<MeasureName>([
  'articulationRate',
  'phonationTimeRatio',
  'meanLengthOfRun',
  'meanPauseSeconds',
])
/** A level is not given for silences alone: at least one of these must vote. */
const restsOnWords = new Set<MeasureName>(['speechRate', 'articulationRate', 'meanLengthOfRun', 'mtld'])

/** Pure. `kind` as the metrics were measured. */
export function estimateLevel(metrics: SpeechMetrics, kind: SpeechInput['kind']): LevelEstimate {
  const measures = new Map(metrics.measures.map((measure) => [measure.name, measure]))
  const findings = referenceTables.map((table) => judge(table, measures.get(table.measure), metrics))
  const votes = findings.filter((finding) => 'vote' in finding)
  const withheld = [...findings.filter((finding) => 'reason' in finding), accuracyWithheld]
  const isMostlyFromCards = (measures.get('ownWordShare')?.value ?? 1) < 0.5
  const notes = listNotes(kind, isMostlyFromCards, votes)
  if (votes.length < leastVotes || !votes.some(({ measure }) => restsOnWords.has(measure))) {
    const reason =
      'There is too little to estimate a level from: it takes at least two of the measures of pace, pauses and vocabulary, one of them of your words.'
    return {
      level: null,
      range: [],
      confidence: null,
      withheld: [{ measure: 'level', reason }, ...withheld],
      votes,
      notes,
    }
  }
  const level = toMedian(votes)
  const factor = (kind === 'CONVERSATION' ? conversationFactor : 1) * (isMostlyFromCards ? cardsFactor : 1)
  return {
    level,
    range: toRange(level, votes),
    confidence: toConfidence(level, votes) * factor,
    withheld,
    votes,
    notes,
  }
}

const accuracyWithheld = {
  measure: 'accuracy',
  reason: 'How correct sentences are cannot be judged by counting.',
}

function judge(
  table: ReferenceTable,
  measure: Measure | undefined,
  { pauseSource }: SpeechMetrics,
): LevelVote | { measure: string; reason: string } {
  const { measure: name, citation } = table
  if (!measure || measure.value === null)
    return { measure: name, reason: measure?.missingReason ?? 'This was not measured.' }
  if (pauseSource === 'SEGMENTS' && needsSound.has(name))
    return {
      measure: name,
      reason: 'Short pauses can be told from a recording only, and no sound of this was measured.',
    }
  const { level, isOrAbove } = findNearest(table.means, measure.value)
  return { measure: name, vote: level, isOrAbove, isOrBelow: isBelowAll(table.means, measure.value), source: citation }
}

/** Half-way between two levels the lower one. */
function findNearest(means: readonly ReferenceMean[], value: number): ReferenceMean {
  return means.reduce((nearest, mean) =>
    Math.abs(mean.value - value) < Math.abs(nearest.value - value) ? mean : nearest,
  )
}

function isBelowAll(means: readonly ReferenceMean[], value: number): boolean {
  const [lowest, highest] = [means[0]?.value ?? 0, means.at(-1)?.value ?? 0]
  return highest > lowest ? value < lowest : value > lowest
}

/** Of an even number the lower of the two in the middle: nothing is claimed that half of the evidence is against. */
function toMedian(votes: readonly LevelVote[]): CefrLevel {
  const sorted = votes.map(({ vote }) => cefrLevels.indexOf(vote)).sort((a, b) => a - b)
  return cefrLevels[sorted[Math.ceil(sorted.length / 2) - 1] ?? 0] ?? 'A1'
}

/** The level with its neighbour on the side that votes lean to; with both where they lean to none, or to both. */
function toRange(level: CefrLevel, votes: readonly LevelVote[]): CefrLevel[] {
  const at = cefrLevels.indexOf(level)
  const offsets = votes.map(({ vote }) => cefrLevels.indexOf(vote) - at)
  const leansDown = offsets.some((offset, index) => offset < 0 || (offset === 0 && votes[index]?.isOrBelow))
  const leansUp = offsets.some((offset, index) => offset > 0 || (offset === 0 && votes[index]?.isOrAbove))
  const [down, up] = leansDown === leansUp ? [1, 1] : [leansDown ? 1 : 0, leansUp ? 1 : 0]
  return cefrLevels.slice(Math.max(0, at - down), at + up + 1)
}

/** The share of the tables that could vote, less what the votes disagree by: votes two levels away on average leave nothing. */
function toConfidence(level: CefrLevel, votes: readonly LevelVote[]): number {
  const at = cefrLevels.indexOf(level)
  const apart = votes.reduce((sum, { vote }) => sum + Math.abs(cefrLevels.indexOf(vote) - at), 0) / votes.length
  return mostConfidence * (votes.length / referenceTables.length) * Math.max(0, 1 - apart / 2)
}

function listNotes(kind: SpeechInput['kind'], isMostlyFromCards: boolean, votes: readonly LevelVote[]): string[] {
  const notes = ['The reference tables are provisional, and the estimate has not been checked against graded speech.']
  if (kind === 'CONVERSATION')
    notes.push('The tables are from monologues; of a conversation only your turns of 5 seconds and more were compared.')
  if (isMostlyFromCards)
    notes.push('Most of what you said was read from reply cards, so your pace says less about your level.')
  if (votes.some(({ isOrAbove }) => isOrAbove))
    notes.push('Pace and pauses alone do not tell B2 from the levels above it.')
  return notes
}
