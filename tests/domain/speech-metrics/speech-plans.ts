/** Forty plans of sessions: written out where something is special about them, the rest made with lengths that look random. */
import { makeRandom, type SpeechPlan, type TurnPlan } from './constructed-speech.ts'

export const emptyPlan: SpeechPlan = { name: 'empty', kind: 'MONOLOGUE', turns: [], from: 'SEGMENTS', noise: -75 }

export const speechPlans: readonly SpeechPlan[] = [
  emptyPlan,
  alone('one word', [400], []),
  alone('one stretch of 19.99 s', [19_990], []),
  alone('one stretch of 20 s', [20_000], []),
  alone('pauses of 190 ms, which are none', [8_000, 8_000, 8_000], [190, 190]),
  alone('pauses of exactly 200 ms', [8_000, 8_000, 8_000], [200, 200]),
  alone('pauses of exactly 250 ms', [8_000, 8_000, 8_000], [250, 250]),
  alone('pauses of exactly 350 ms', [8_000, 8_000, 8_000], [350, 350]),
  alone('a pause of ten seconds', [12_000, 12_000], [10_000]),
  { ...alone('digital silence', [8_000, 8_000, 8_000], [600, 1_400]), noise: -100 },
  { ...alone('a noisy room', [8_000, 8_000, 8_000], [600, 1_400]), noise: -40 },
  allOverlap('ENVELOPE'),
  allOverlap('SEGMENTS'),
  random(1, { name: '15 minutes alone', kind: 'MONOLOGUE', from: 'ENVELOPE', noise: -60, turns: 1, talks: 400 }),
  random(2, {
    name: '15 minutes of conversation',
    kind: 'CONVERSATION',
    from: 'ENVELOPE',
    noise: -60,
    turns: 60,
    talks: 8,
  }),
  ...Array.from({ length: 25 }, (_, index) =>
    random(index + 3, {
      name: `conversation or monologue no. ${index + 1}`,
      kind: index % 3 === 0 ? 'MONOLOGUE' : 'CONVERSATION',
      from: index % 2 === 0 ? 'ENVELOPE' : 'SEGMENTS',
      noise: -50 - index,
      turns: index % 3 === 0 ? 1 : 3 + (index % 5),
      talks: index % 3 === 0 ? 16 : 4,
    }),
  ),
]

function alone(name: string, talksMs: number[], pausesMs: number[]): SpeechPlan {
  return {
    name,
    kind: 'MONOLOGUE',
    from: 'ENVELOPE',
    noise: -75,
    turns: [{ partnerMs: 0, latencyMs: 0, talksMs, pausesMs }],
  }
}

function allOverlap(from: SpeechPlan['from']): SpeechPlan {
  const turn: TurnPlan = { partnerMs: 7_000, latencyMs: -7_000, talksMs: [3_000, 3_500], pausesMs: [500] }
  return { name: `all overlap, from ${from}`, kind: 'CONVERSATION', from, noise: -75, turns: [turn, turn, turn, turn] }
}

function random(seed: number, plan: Omit<SpeechPlan, 'turns'> & { turns: number; talks: number }): SpeechPlan {
  const pick = makeRandom(seed)
  const tens = (least: number, most: number): number => pick(least / 10, most / 10) * 10
  const turns = Array.from({ length: plan.turns }, () => {
    const talks = plan.kind === 'MONOLOGUE' ? plan.talks : pick(1, plan.talks)
    const isAlone = plan.kind === 'MONOLOGUE'
    return {
      partnerMs: isAlone ? 0 : tens(2_000, 6_000),
      latencyMs: isAlone ? 0 : tens(-600, 2_500),
      talksMs: Array.from({ length: talks }, () => tens(800, 3_000)),
      pausesMs: Array.from({ length: talks - 1 }, () => tens(110, 900)),
    }
  })
  return { ...plan, turns }
}
