/** What the packs that ship promise an applicant and the scorer. */
import { describe, expect, test } from 'vitest'
import { readContentPacks } from '../../db/seed/seed-content-packs.ts'

const packs = (await readContentPacks()).map(({ content }) => content)

test('there are two', () => {
  expect(packs.map(({ name }) => name).toSorted()).toEqual(['job-interview', 'medical-residency'])
})

describe.each(packs)('$name', ({ categories, guides, questions }) => {
  test('has forty questions, five and more in each of its categories', () => {
    expect(questions).toHaveLength(40)
    for (const category of categories)
      expect(questions.filter((question) => question.category === category).length, category).toBeGreaterThanOrEqual(5)
  })

  test('has a whole guide to each category', () => {
    for (const category of categories) {
      expect(guides[category]?.description, category).toMatch(/^[A-Z].+\.$/u)
      expect(guides[category]?.practiceRule, category).toMatch(/^[A-Z].+\.$/u)
      expect(guides[category]?.signals.length, category).toBeGreaterThanOrEqual(15)
    }
  })

  test.each(questions)(
    '$key: can be answered in one to three minutes and be heard criterion by criterion',
    (question) => {
      expect(question.prompt).toMatch(/^[A-Z].+[.?]$/u)
      expect(question.expectedDurationSeconds).toBeGreaterThanOrEqual(60)
      expect(question.expectedDurationSeconds).toBeLessThanOrEqual(180)
      expect(question.evaluationCriteria.length).toBeGreaterThanOrEqual(3)
      expect(question.evaluationCriteria.length).toBeLessThanOrEqual(5)
      for (const [index, criterion] of question.evaluationCriteria.entries()) {
        const signals = question.criteriaSignals?.[index] ?? []
        expect(signals.length, criterion).toBeGreaterThanOrEqual(6)
        expect(new Set(signals).size, criterion).toBe(signals.length)
        expect(
          signals.filter((signal) => signal !== signal.toLowerCase()),
          criterion,
        ).toEqual([])
      }
    },
  )

  test('asks no question and no criterion twice', () => {
    const said = questions.flatMap(({ prompt, evaluationCriteria }) => [prompt, ...evaluationCriteria])
    expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([])
  })
})
