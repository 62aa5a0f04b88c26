/** Each part moves with what it measures, in the stated direction, and nothing else moves with it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { drillPartNames, type DrillPartName, type DrillResult } from '../../../server/domain/drill-result.ts'
import type { DrillEvaluationInput } from '../../../server/evaluation/drill/drill-evaluator.ts'
import { partWeights } from '../../../server/evaluation/drill/drill-formula.ts'
import { drillInputOf, goodAnswer, judgeLocally, padding, partOf, question, spokenOf } from './drill-input.ts'

/** The part's scores over the inputs; the other parts have to stay as they are. */
async function scoresOf(name: DrillPartName, inputs: readonly DrillEvaluationInput[]): Promise<number[]> {
  const results = await Promise.all(inputs.map(judgeLocally))
  const others = results.map(({ parts }) => parts.filter((part) => part.name !== name).map(toScore))
  for (const other of others) expect(other).toEqual(others[0])
  return results.map((result) => partOf(result, name)?.score ?? Number.NaN)
}

function toScore({ name, score }: DrillResult['parts'][number]): [string, number] {
  return [name, score]
}

function expectRising(scores: readonly number[]): void {
  expect(scores.length).toBeGreaterThan(1)
  for (const [index, score] of scores.slice(1).entries()) expect(score).toBeGreaterThan(scores[index] ?? Infinity)
}

/** So many words of no subject, in the place of what is left out: other ones for every text. */
function fillWith(text: string): string {
  const words = padding.replaceAll('.', '').trim().split(' ').toReversed()
  return text
    .split(' ')
    .map((_, index) => words[(5 * index + text.length) % words.length])
    .join(' ')
}

describe('coverage', () => {
  test('rises with every criterion that the answer shows', async () => {
    const criteriaSignals = question.criteriaSignals ?? []
    const inputs = [0, 1, 2, 3].map((shown) =>
      drillInputOf({
        question: { ...question, criteriaSignals: criteriaSignals.map((list, at) => (at < shown ? list : ['zebra'])) },
      }),
    )
    expectRising(await scoresOf('coverage', inputs))
  })

  test('rises with the first, the second and the third signal of one criterion', async () => {
    const signals = ['angry', 'upset', 'wrong size']
    const inputs = [0, 1, 2, 3].map((count) => {
      const list = signals.map((signal, at) => (at < count ? signal : `${signal} zebra`))
      return drillInputOf({ question: { ...question, criteriaSignals: [list, ['zebra'], ['zebra']] } })
    })
    expectRising(await scoresOf('coverage', inputs))
  })

  test('without signals it goes by the words of the criteria, in any form, and says so', async () => {
    const criteria = ['Explains the delivery of the boots', 'Gives the sister her present']
    const by = (evaluationCriteria: string[]): DrillEvaluationInput =>
      drillInputOf({ question: { ...question, evaluationCriteria, criteriaSignals: null } })
    expectRising(
      await scoresOf('coverage', [by(['Zebras', 'Submarines']), by([criteria[0] ?? '', 'Zebras']), by(criteria)]),
    )
    expect((await judgeLocally(by(criteria))).limits.join(' ')).toMatch(/no words for what this question asks/u)
  })

  test('words that were read from the question or its criteria show nothing', async () => {
    const answer = `${padding} ${padding.toUpperCase()} The customer shouted and was upset.`
    const criterion = 'Says how the angry customer left the shop with a smile'
    const asked = { ...question, evaluationCriteria: [criterion], criteriaSignals: [['smile', 'left the shop']] }
    const scores = await Promise.all(
      [`${answer} ${criterion}.`, `${answer} She left the shop with one big smile.`].map((text) =>
        judgeLocally(drillInputOf({ answer: text, question: asked })),
      ),
    )
    expectRising(scores.map((result) => partOf(result, 'coverage')?.score ?? Number.NaN))
  })
})

describe('structure', () => {
  const elements: [name: string, text: string][] = [
    ['an opening that answers', 'The angry customer and her boots'],
    ['a situation', 'It was last winter at work'],
    ['what you did', 'I called them. I fetched it. I wrote. I paid'],
    ['a result', 'As a result it improved'],
    ['a close', 'That is why patience matters'],
  ]
  /** Topic words in the middle, so that it is never the topic that is missing. */
  const compose = (kept: (name: string) => boolean): string => {
    const [opening, ...rest] = elements.map(([name, text]) => (kept(name) ? text : fillWith(text)))
    const middle = rest.slice(0, -1).join('. ')
    return `${opening}. ${padding} Most customers get refunds, one solution of many promises. ${middle}. ${fillWith(padding)}. ${rest.at(-1)}.`
  }

  test.each(elements)('%s raises it', async (name) => {
    const asked = { ...question, criteriaSignals: [['refunds'], ['zebra'], ['zebra']] }
    const inputs = [compose((one) => one !== name), compose(() => true)].map((answer) =>
      drillInputOf({ answer, question: asked }),
    )
    expectRising(await scoresOf('structure', inputs))
    const [without, whole] = await Promise.all(inputs.map(judgeLocally))
    expect(partOf(without as DrillResult, 'structure')?.basis).not.toContain(name)
    expect(partOf(whole as DrillResult, 'structure')?.basis).toContain(name)
  })

  test.each(["I don't know, an angry customer, well", 'Good question. An angry customer'])(
    'an opening that evades does not answer: %s',
    async (opening) => {
      const result = await judgeLocally(drillInputOf({ answer: `${opening}. ${goodAnswer}` }))
      expect(partOf(result, 'structure')?.basis).not.toContain('an opening')
    },
  )
})

describe('length', () => {
  const spokenFor = (seconds: number): DrillEvaluationInput => spokenOf({}, { durationSeconds: seconds })

  test('of speech rises up to the expected time, and falls well above it', async () => {
    expectRising(await scoresOf('length', [6, 15, 30, 45, 60].map(spokenFor)))
    expectRising((await scoresOf('length', [70, 85, 100, 130, 170].map(spokenFor))).toReversed())
  })

  test('of a typed answer counts words', async () => {
    const start = 'An angry customer came and shouted at everybody in the shop.'
    const longer = [1, 2, 3].map((times) => `${start} ${variedPadding(times)}`)
    expectRising(
      await scoresOf(
        'length',
        longer.map((answer) => drillInputOf({ answer })),
      ),
    )
  })

  test('what is said twice counts once', async () => {
    const once = await judgeLocally(drillInputOf({ answer: `An angry customer shouted. ${padding}` }))
    const twice = await judgeLocally(drillInputOf({ answer: `An angry customer shouted. ${padding} ${padding}` }))
    expect(partOf(twice, 'length')?.score).toBe(partOf(once, 'length')?.score)
  })

  /** Never the same sentence twice. */
  function variedPadding(times: number): string {
    const sentences = padding.split('. ').filter((sentence) => sentence.trim() !== '')
    return Array.from({ length: times }, (_, round) =>
      sentences.map((sentence) => `${sentence.split(' ').slice(round).join(' ')}.`).join(' '),
    ).join(' ')
  }
})

describe('pace', () => {
  const at = (wpm: number): DrillEvaluationInput => spokenOf({ wpm })

  test('rises from slow to easy, and falls from easy to hurried', async () => {
    expectRising(await scoresOf('pace', [45, 60, 80, 100, 120].map(at)))
    expectRising((await scoresOf('pace', [170, 190, 210, 240].map(at))).toReversed())
  })

  test('where no turn could be timed it is taken over the whole recording', async () => {
    expect((await judgeLocally(spokenOf({ wpm: null }, { durationSeconds: 69 }))).wpm).toBe(120)
  })
})

test('hedging falls with every hedge', async () => {
  const hedges = ['maybe', 'I guess', 'sort of', 'perhaps', 'or something']
  const inputs = [0, 1, 2, 3, 5].map((count) => {
    const tail = hedges.map((hedge, at) => (at < count ? hedge : fillWith(hedge))).join(', ')
    return drillInputOf({ answer: goodAnswer.replace('and I did not argue', tail) })
  })
  expectRising((await scoresOf('hedging', inputs)).toReversed())
})

test('a kind of something is no hedge', async () => {
  const result = await judgeLocally(
    drillInputOf({ answer: `${goodAnswer} What kind of shop does this kind of thing?` }),
  )
  expect(partOf(result, 'hedging')?.score).toBe(100)
})

test('fillers fall with sounds and with phrases', async () => {
  expectRising(
    (
      await scoresOf(
        'fillers',
        [1, 4, 7, 12].map((fillersPer100Words) => spokenOf({ fillersPer100Words })),
      )
    ).toReversed(),
  )
  expectRising(
    (
      await scoresOf(
        'fillers',
        [0, 4, 8].map((lexicalFillersPer100Words) => spokenOf({ lexicalFillersPer100Words })),
      )
    ).toReversed(),
  )
})

describe('what cannot be measured', () => {
  test('of a typed answer is pace and fillers: the rest carry their weight, and that is said', async () => {
    const { parts, wpm, durationSeconds, limits } = await judgeLocally(drillInputOf())
    expect(parts.map(({ name }) => name)).toEqual(['coverage', 'structure', 'length', 'hedging'])
    expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
    expect([wpm, durationSeconds]).toEqual([null, null])
    expect(limits.join(' ')).toMatch(/typed this answer, so there is no pace and no fillers/u)
  })

  test('of too little sound is left out as well', async () => {
    const { parts, limits } = await judgeLocally(spokenOf({ fillersPer100Words: null }))
    expect(parts.map(({ name }) => name)).not.toContain('fillers')
    expect(limits.join(' ')).toMatch(/too little could be measured for fillers/u)
  })

  test('of speech nothing is left out', async () => {
    const { parts, words, wpm, durationSeconds } = await judgeLocally(spokenOf())
    expect(parts.map(({ name }) => name)).toEqual([...drillPartNames])
    expect({ words, wpm, durationSeconds }).toEqual({ words: 138, wpm: 140, durationSeconds: 60 })
  })
})

describe('the overall score', () => {
  test('has the weights that are published', () => {
    const doc = readFileSync('docs/drill-scores.md', 'utf8')
    const rows = Array.from(doc.matchAll(/^\| (\w+) \| (\d+) \|/gmu), ([, name, weight]) => [name, Number(weight)])
    expect(Object.fromEntries(rows)).toEqual(partWeights)
  })

  test('is the weighted mean of the parts', async () => {
    const { parts, overallScore } = await judgeLocally(spokenOf({ wpm: 90, fillersPer100Words: 6 }))
    expect(overallScore).toBe(Math.round(parts.reduce((sum, { score, weight }) => sum + score * weight, 0)))
    expect(overallScore).toBeLessThan(100)
  })

  test.each([
    ['that shows nothing of what is asked', { question: { ...question, criteriaSignals: [['zebra'], ['x'], ['y']] } }],
    ['far too short', { durationSeconds: 3 }],
  ])('of a fluent answer %s stays within 20 points of that, and says why', async (_, input) => {
    const { parts, overallScore, limits } = await judgeLocally(spokenOf({}, input))
    const least = Math.min(...parts.map(({ score }) => score))
    expect(overallScore).toBe(least + 20)
    expect(limits.join(' ')).toMatch(/held down by what is missing most/u)
  })
})
