/** How the learner and the partner took turns. Gaps across a change of speaker are latencies here, and pauses nowhere. */
import type { LearnerTurns } from './learner-turns.ts'
import { missing, nothingSaid, type Reading } from './reading.ts'
import { intersect, lengthOf, totalLength } from './spans.ts'
import type { SpeechInput } from './speech-metrics.ts'

/** Shorter is within what the times of a transcript may be off. */
const leastOverlapMs = 100

type Name = 'learnerTurns' | 'meanTurnSeconds' | 'talkTimeShare' | 'meanResponseLatencySeconds' | 'overlaps'

export function measureInteraction({ turns, hasTranscript }: LearnerTurns, input: SpeechInput): Record<Name, Reading> {
  const learnerMs = totalLength(turns)
  const nothing = missing(hasTranscript ? 'It is not known when you spoke.' : nothingSaid)
  const partner = input.segments.filter(
    ({ speaker, startMs, endMs }) => speaker === 'PARTNER' && Number.isFinite(startMs) && endMs > startMs,
  )
  const withPartner = (measure: () => Reading): Reading => {
    if (input.kind === 'MONOLOGUE') return missing('You spoke alone here.')
    if (partner.length === 0) return missing('What your partner said was not written down.')
    return turns.length === 0 ? nothing : measure()
  }
  return {
    learnerTurns: turns.length === 0 && hasTranscript ? nothing : turns.length,
    meanTurnSeconds: turns.length === 0 ? nothing : learnerMs / turns.length / 1_000,
    talkTimeShare: withPartner(() => learnerMs / (learnerMs + totalLength(partner))),
    meanResponseLatencySeconds: withPartner(() => toMeanLatency(turns)),
    overlaps: withPartner(
      () => turns.filter((turn) => partner.some((other) => lengthOf(intersect(turn, other)) >= leastOverlapMs)).length,
    ),
  }
}

function toMeanLatency(turns: LearnerTurns['turns']): Reading {
  const latencies = turns.flatMap(({ startMs, partnerBefore }) =>
    partnerBefore && startMs >= partnerBefore.endMs ? [startMs - partnerBefore.endMs] : [],
  )
  if (latencies.length === 0) return missing('You never started to speak after your partner had finished.')
  return latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length / 1_000
}
