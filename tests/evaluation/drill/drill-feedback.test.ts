/** What the learner reads: categories with the words that show them, changes, the rule to practise by, and the limits. */
import { describe, expect, test } from 'vitest'
import type { DrillCategory, DrillEvaluationInput } from '../../../server/evaluation/drill/drill-evaluator.ts'
import type { DrillResult } from '../../../server/domain/drill-result.ts'
import { listExamples } from '../../../server/evaluation/drill/signals.ts'
import { segmentsOf } from '../evaluation-input.ts'
import {
  categories,
  drillInputOf,
  goodAnswer,
  judgeLocally,
  padding,
  question,
  spokenOf,
  thinAnswer,
} from './drill-input.ts'

const flagsOf = ({ categories: judged }: DrillResult): Record<string, string> =>
  Object.fromEntries(judged.map(({ name, passFlag }) => [name, passFlag]))
const noteOf = ({ categories: judged }: DrillResult, name: string): string =>
  judged.find((category) => category.name === name)?.note ?? ''
const quotesIn = (text: string): string[] => Array.from(text.matchAll(/"([^"]+)"/gu), ([, quote = '']) => quote)
const withCategory = (name: string, changes: Partial<DrillCategory>): DrillCategory[] =>
  categories.map((category) => (category.name === name ? { ...category, ...changes } : category))

describe('categories', () => {
  test('are the seven of the pack, in its order', async () => {
    const result = await judgeLocally(drillInputOf())
    expect(result.categories.map(({ name }) => name)).toEqual(categories.map(({ name }) => name))
  })

  test('two signals pass, and the note cites the answer letter by letter', async () => {
    const answer = goodAnswer.replace('my colleague ran over and', 'my colleague and I went together and')
    const result = await judgeLocally(drillInputOf({ answer }))
    expect(flagsOf(result)['Teamwork']).toBe('PASS')
    expect(quotesIn(noteOf(result, 'Teamwork')).length).toBeGreaterThan(0)
    for (const quote of quotesIn(noteOf(result, 'Teamwork'))) expect(answer).toContain(quote)
  })

  test('one signal is a hint, and the note says what would show it', async () => {
    const result = await judgeLocally(drillInputOf())
    expect(flagsOf(result)['Teamwork']).toBe('FLAG')
    expect(noteOf(result, 'Teamwork')).toMatch(
      /^Only ".*colleague.*" points to it\. What would show it: Shows how they work with others\. Words such as "our team", "together"/u,
    )
  })

  test('none is nothing', async () => {
    expect(noteOf(await judgeLocally(drillInputOf()), 'Motivation')).toMatch(/^Nothing in this answer shows it/u)
  })

  test('the question’s own is shown by answering the question, not by its words alone', async () => {
    const words = `Customers are customers, I listened, and the refund is a refund. ${padding} The refund was for customers.`
    const [answered, worded] = await Promise.all(
      [goodAnswer, words].map((answer) =>
        judgeLocally(
          drillInputOf({ answer, question: { ...question, criteriaSignals: [['angry'], ['i apolog*'], ['thanked']] } }),
        ),
      ),
    )
    expect(flagsOf(answered as DrillResult)['Customers']).toBe('PASS')
    expect(flagsOf(worded as DrillResult)['Customers']).toBe('FLAG')
  })

  test('without a guide a category has its name and the criteria to go by, and that is said', async () => {
    const bare = categories.map(({ name }) => ({ name, description: null, signals: [], practiceRule: null }))
    const result = await judgeLocally(drillInputOf({ categories: bare }))
    expect(flagsOf(result)).toMatchObject({ Customers: 'PASS', Leadership: 'FLAG' })
    expect(noteOf(result, 'Leadership')).toMatch(/Say something of your own about leadership/u)
    expect(result.limits.join(' ')).toMatch(/lists no words for Motivation, Teamwork/u)
  })

  test.each([
    ['a star takes any ending', ['apolog*'], true],
    ['without it the word is whole', ['apolog'], false],
    ['case and marks do not matter', ['AS A PRESENT'], true],
    ['a phrase may end in a star', ['i apolog*'], true],
    ['words of a phrase stand together', ['shop boots'], false],
  ])('signals: %s', async (_, signals, isFound) => {
    const result = await judgeLocally(drillInputOf({ categories: withCategory('Leadership', { signals }) }))
    expect(noteOf(result, 'Leadership').startsWith('Only')).toBe(isFound)
  })

  test('curly apostrophes and line breaks are quoted as they stand', async () => {
    const answer = `${goodAnswer}\nWe\u2019re our team,\u00a0together.`
    expect(noteOf(await judgeLocally(drillInputOf({ answer })), 'Teamwork')).toContain('colleague')
  })
})

describe('changes', () => {
  test('are none where nothing is missing, and three at most where all is', async () => {
    expect((await judgeLocally(drillInputOf())).whatChanged).toEqual([])
    expect(
      (await judgeLocally(spokenOf({ wpm: 220, fillersPer100Words: 9 }, { answer: thinAnswer, durationSeconds: 9 })))
        .whatChanged,
    ).toHaveLength(3)
  })

  test('name the point of the question that is missing', async () => {
    const [first] = (await judgeLocally(drillInputOf({ answer: withoutEnding() }))).whatChanged
    expect(first).toMatch(/"Says how it ended"\. Words such as "in the end" or "came back" may carry it\./u)
  })

  test('give examples that are written as English is', () => {
    expect(listExamples(['i asked', 'when i was', 'explain*', 'taxi'], 3)).toEqual([
      '"I asked"',
      '"when I was"',
      '"taxi"',
    ])
  })

  test('come by what they would add to the score', async () => {
    const input = spokenOf({ fillersPer100Words: 4, wpm: 200 }, { durationSeconds: 25 })
    const { whatChanged } = await judgeLocally(input)
    expect(whatChanged).toEqual([
      expect.stringMatching(/spoke for 25 s, and about 60 s fit.*room for 35 s more/u),
      expect.stringMatching(/spoke 200 words a minute; up to 180/u),
      expect.stringMatching(/At least 4 of 100 words filled time/u),
    ])
  })

  test('cite the hedges where they stand', async () => {
    const answer = goodAnswer.replace('I offered her the laces', 'maybe I sort of offered her the laces, I guess,')
    const change = (await judgeLocally(drillInputOf({ answer }))).whatChanged.find((one) =>
      one.startsWith('You hedged'),
    )
    expect(change).toMatch(/3 times/u)
    for (const quote of quotesIn(change ?? '')) expect(answer).toContain(quote)
  })

  test('leave room for the longest pause, with its place', async () => {
    const input = spokenOf()
    const metrics = input.metrics && { ...input.metrics, pauses: [{ startMs: 4_900, endMs: 9_000 }] }
    const segments = segmentsOf([goodAnswer.slice(0, 60), goodAnswer.slice(60)])
    expect((await judgeLocally({ ...input, metrics, segments })).whatChanged).toEqual([
      expect.stringMatching(/silent for 4\.1 s/u),
    ])
  })

  function withoutEnding(): string {
    return goodAnswer.replace(
      'In the end it took twenty minutes, and she thanked us and came back with her sister in spring. ',
      '',
    )
  }
})

describe('the rule to practise by', () => {
  const ruleOf = async (input: Partial<DrillEvaluationInput>): Promise<string> =>
    (await judgeLocally(drillInputOf(input))).practiceRule

  test('is the one of the question’s category where that was flagged', async () => {
    expect(await ruleOf({ answer: thinAnswer })).toBe('Say the words that you used.')
  })

  test('else of a category that was nearly shown', async () => {
    expect(await ruleOf({})).toBe('Name one other person.')
  })

  test('else of the question’s category all the same', async () => {
    expect(await ruleOf({ categories: withCategory('Teamwork', { signals: ['zebra'] }) })).toBe(
      'Say the words that you used.',
    )
  })

  test('a pack without rules leaves the one of the weakest part', async () => {
    const bare = categories.map((category) => ({ ...category, practiceRule: null }))
    const hedged = goodAnswer.replace('Since then', 'Maybe, I guess, sort of, probably, perhaps, since then')
    expect(await ruleOf({ categories: bare, answer: hedged })).toMatch(/plain statement/u)
    expect(await ruleOf({ categories: bare, answer: thinAnswer })).toMatch(/count what the question asks for/u)
  })
})

test('the result names its scorer and says that nobody understood the answer', async () => {
  const result = await judgeLocally(drillInputOf())
  expect(result.scorer).toBe('local-drill/1')
  expect(result.limits[0]).toMatch(/counted, not understood/u)
})
