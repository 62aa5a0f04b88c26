/** Pace, pauses and turns of speech whose every length is known: what is expected is added up from the plan alone. */
import { describe, expect, test } from 'vitest'
import {
  build,
  countedWords,
  expectedSum,
  measure,
  valueOf,
  wordsIn,
  type SpeechPlan,
  type TurnPlan,
} from './constructed-speech.ts'
import { speechPlans } from './speech-plans.ts'

const sum = expectedSum
const timeOf = (turn: TurnPlan): number => sum(turn.talksMs) + sum(turn.pausesMs)

/** What the plan adds up to; `isCompared` leaves out the short turns of a conversation. */
function addUp(plan: SpeechPlan, isCompared: boolean) {
  const counted = plan.turns.map((turn, index) => ({ turn, ...countWords(plan, index) }))
  const kept = counted.filter(({ turn }) => !isCompared || plan.kind === 'MONOLOGUE' || timeOf(turn) >= 5_000)
  const pauses = (leastMs: number): number[] =>
    kept.flatMap(({ turn }) => turn.pausesMs.filter((pause) => pause >= leastMs))
  const timeMs = sum(kept.map(({ turn }) => timeOf(turn)))
  return {
    turns: kept.length,
    seconds: timeMs / 1_000,
    words: sum(kept.map(({ words }) => words)),
    syllables: sum(kept.map(({ syllables }) => syllables)),
    pauses,
    soundSeconds: (leastMs: number) => (timeMs - sum(pauses(leastMs))) / 1_000,
    isEnough: timeMs >= 20_000,
    arePausesSeen: plan.from === 'ENVELOPE' || pauses(200).length > 0,
  }
}

function countWords(plan: SpeechPlan, index: number): { words: number; syllables: number } {
  const before = sum(plan.turns.slice(0, index).flatMap(({ talksMs }) => talksMs.map(wordsIn)))
  const words = sum(plan.turns[index]?.talksMs.map(wordsIn) ?? [])
  const syllables = sum(Array.from({ length: words }, (_, word) => countedWords[(before + word) % 5]?.[1] ?? 0))
  return { words, syllables }
}

type Expected = (plan: SpeechPlan) => number | null

const paced =
  (isCompared: boolean, formula: (totals: ReturnType<typeof addUp>) => number | null): Expected =>
  (plan) => {
    const totals = addUp(plan, isCompared)
    return totals.isEnough ? formula(totals) : null
  }
const paused = (isCompared: boolean, formula: (totals: ReturnType<typeof addUp>) => number | null): Expected =>
  paced(isCompared, (totals) => (totals.arePausesSeen ? formula(totals) : null))

function middle(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? (sorted[Math.floor(half)] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

const withPartner =
  (formula: (plan: SpeechPlan) => number | null): Expected =>
  (plan) =>
    plan.kind === 'CONVERSATION' ? formula(plan) : null

const expectations = {
  learnerSpeechSeconds: (plan: SpeechPlan) => addUp(plan, false).seconds,
  words: (plan: SpeechPlan) => addUp(plan, false).words,
  syllables: (plan: SpeechPlan) => addUp(plan, false).syllables,
  wpm: paced(false, ({ words, seconds }) => (words / seconds) * 60),
  speechRate: paced(true, ({ syllables, seconds }) => (syllables / seconds) * 60),
  articulationRate: paused(true, ({ syllables, soundSeconds }) => (syllables / soundSeconds(250)) * 60),
  phonationTimeRatio: paused(true, ({ soundSeconds, seconds }) => soundSeconds(250) / seconds),
  meanLengthOfRun: paused(true, ({ syllables, pauses, turns }) => syllables / (pauses(250).length + turns)),
  meanPauseSeconds: paused(true, ({ pauses }) =>
    pauses(250).length === 0 ? null : sum(pauses(250)) / pauses(250).length / 1_000,
  ),
  medianPauseSeconds: paused(false, ({ pauses }) => middle(pauses(250).map((pause) => pause / 1_000))),
  pausesPerMinute: paused(false, ({ pauses, soundSeconds }) => pauses(250).length / (soundSeconds(250) / 60)),
  pausesPerMinute200: paused(false, ({ pauses, soundSeconds }) => pauses(200).length / (soundSeconds(200) / 60)),
  pausesPerMinute350: paused(false, ({ pauses, soundSeconds }) => pauses(350).length / (soundSeconds(350) / 60)),
  learnerTurns: (plan: SpeechPlan) => plan.turns.length,
  meanTurnSeconds: (plan: SpeechPlan) =>
    plan.turns.length === 0 ? null : addUp(plan, false).seconds / plan.turns.length,
  talkTimeShare: withPartner((plan) => {
    const learner = addUp(plan, false).seconds
    return learner / (learner + sum(plan.turns.map(({ partnerMs }) => partnerMs)) / 1_000)
  }),
  meanResponseLatencySeconds: withPartner(({ turns }) => {
    const latencies = turns.map(({ latencyMs }) => latencyMs).filter((latency) => latency >= 0)
    return latencies.length === 0 ? null : sum(latencies) / latencies.length / 1_000
  }),
  overlaps: withPartner(({ turns }) => turns.filter(({ latencyMs }) => latencyMs <= -100).length),
} as const

describe.each(Object.keys(expectations) as (keyof typeof expectations)[])('%s', (name) => {
  test.each(speechPlans)('$name ($kind, $from)', (plan) => {
    const { value, missingReason } = measure(build(plan), name)
    const expected = expectations[name](plan)
    if (expected === null) expect([value, missingReason]).toEqual([null, expect.stringMatching(/\.$/u)])
    else expect([value, missingReason]).toEqual([expect.closeTo(expected, 8), null])
  })
})

test('there are at least 30 plans, of both kinds and from both sources', () => {
  expect(speechPlans.length).toBeGreaterThanOrEqual(30)
  for (const name of ['articulationRate', 'overlaps'] as const) {
    const values = speechPlans.map((plan) => valueOf(build(plan), name)).filter((value) => value !== null)
    expect(values.length).toBeGreaterThanOrEqual(10)
  }
})
