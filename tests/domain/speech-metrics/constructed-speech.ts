/** Speech made to measure: stretches of sound and silence of known lengths, and words of known syllables. */
import { frameMs, toLevel, type SpeechEnvelope } from '../../../server/domain/speech-metrics/speech-envelope.ts'
import { measureSpeech } from '../../../server/domain/speech-metrics/measure-speech.ts'
import type {
  Measure,
  MeasureName,
  SpeechInput,
  SpokenSegment,
} from '../../../server/domain/speech-metrics/speech-metrics.ts'

export interface TurnPlan {
  /** The partner speaks so long before it; none for a learner alone. */
  partnerMs: number
  /** From the partner's end to the learner's start; negative where the learner begins before. */
  latencyMs: number
  /** Stretches of speech, and the silences between them: one fewer. */
  talksMs: readonly number[]
  pausesMs: readonly number[]
}

export interface SpeechPlan {
  name: string
  kind: SpeechInput['kind']
  turns: readonly TurnPlan[]
  /** ENVELOPE: a segment a turn, pauses in the sound. SEGMENTS: a segment a stretch, and no sound. */
  from: 'ENVELOPE' | 'SEGMENTS'
  /** dBFS, of the silences. */
  noise: number
}

/** Words whose syllables everybody can count. */
export const countedWords = [
  ['cat', 1],
  ['water', 2],
  ['banana', 3],
  ['green', 1],
  ['seven', 2],
] as const

const msPerWord = 500

/** How many words are said in a stretch. */
export function wordsIn(talkMs: number): number {
  return Math.max(1, Math.floor(talkMs / msPerWord))
}

export function build(plan: SpeechPlan): SpeechInput {
  const segments: SpokenSegment[] = []
  const stretches: { startMs: number; endMs: number }[] = []
  let clockMs = 1_000
  let said = 0
  const say = (count: number): string =>
    Array.from({ length: count }, () => countedWords[said++ % countedWords.length]?.[0] ?? '').join(' ')
  for (const { partnerMs, latencyMs, talksMs, pausesMs } of plan.turns) {
    if (partnerMs > 0)
      segments.push(
        segment({ speaker: 'PARTNER', text: 'Tell me more.', startMs: clockMs, endMs: clockMs + partnerMs }),
      )
    clockMs += partnerMs + latencyMs
    const first = stretches.length
    for (const [index, talkMs] of talksMs.entries()) {
      stretches.push({ startMs: clockMs, endMs: clockMs + talkMs })
      clockMs += talkMs + (pausesMs[index] ?? 0)
    }
    const own = stretches.slice(first)
    const spoken = own.map((stretch) => ({ ...stretch, text: say(wordsIn(stretch.endMs - stretch.startMs)) }))
    if (plan.from === 'SEGMENTS') segments.push(...spoken.map((part) => segment(part)))
    else
      segments.push(
        segment({
          startMs: own[0]?.startMs ?? 0,
          endMs: own.at(-1)?.endMs ?? 0,
          text: spoken.map(({ text }) => text).join(' '),
        }),
      )
  }
  const envelopes = plan.from === 'ENVELOPE' ? [toEnvelope(stretches, clockMs + 1_000, plan.noise)] : []
  return { segments, envelopes, kind: plan.kind }
}

export function segment(fields: Partial<SpokenSegment>): SpokenSegment {
  return { itemId: 'item', speaker: 'LEARNER', source: 'PROVIDER', text: '', startMs: 0, endMs: 0, ...fields }
}

/** Sound of -20 dBFS in the stretches, noise elsewhere. */
export function toEnvelope(
  stretches: readonly { startMs: number; endMs: number }[],
  lengthMs: number,
  noise = -75,
  startMs = 0,
): SpeechEnvelope {
  const levels = new Uint8Array(Math.ceil(lengthMs / frameMs)).fill(toLevel(noise))
  for (const stretch of stretches)
    levels.fill(toLevel(-20), (stretch.startMs - startMs) / frameMs, (stretch.endMs - startMs) / frameMs)
  return { startMs, levels }
}

/** A learner alone for so long, without sound: `text` is all that is known. */
export function said(text: string, seconds = 60, fields: Partial<SpokenSegment> = {}): SpeechInput {
  return {
    kind: 'MONOLOGUE',
    envelopes: [],
    segments: [segment({ text, startMs: 0, endMs: seconds * 1_000, ...fields })],
  }
}

export function measure(input: SpeechInput, name: MeasureName): Measure {
  const found = measureSpeech(input).measures.find((measure) => measure.name === name)
  if (!found) throw new Error(`${name} is not measured`)
  return found
}

export function valueOf(input: SpeechInput, name: MeasureName): number | null {
  return measure(input, name).value
}

export function expectedSum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Numbers that look random and are the same each time. */
export function makeRandom(seed: number): (least: number, most: number) => number {
  let state = seed
  return (least, most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return least + Math.floor((state / 2_147_483_648) * (most - least + 1))
  }
}
