/** The speaking tests as they ship: enough of them, good by every rule of the linter, each with its picture. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { lintTestSet } from '../../../server/domain/speaking-test/lint-test-set.ts'
import { testLevels, testSetSchema, type TestSet } from '../../../server/domain/speaking-test/test-set.ts'
import { rankOf } from '../../../server/partner/topic-lint/word-ranks.ts'
import { findPictureFaults } from './picture-faults.ts'
import { makeTestSet } from './sample-test-set.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const files = readdirSync(`${root}db/seed/speaking-tests`).toSorted()
const pictures = readdirSync(`${root}web/public/speaking-tests`).toSorted()

const readJson = (file: string): unknown => JSON.parse(readFileSync(`${root}${file}`, 'utf8'))
const readSet = (file: string): TestSet => testSetSchema.parse(readJson(`db/seed/speaking-tests/${file}`))

describe('the speaking tests that ship', () => {
  test.each(files)('%s keeps every rule', (file) => {
    expect(lintTestSet(readJson(`db/seed/speaking-tests/${file}`), file, rankOf)).toEqual([])
  })

  test.each(testLevels)('are five or more for %s, numbered without gaps', (level) => {
    const numbers = files
      .filter((file) => file.startsWith(level.toLowerCase()))
      .map((file) => Number(file.split('-')[1]))
    expect(numbers.length).toBeGreaterThanOrEqual(5)
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
  })

  test('do not repeat a title, a topic or a prompt', () => {
    const sets = files.map(readSet)
    const isRepeated = (text: string, index: number, all: string[]) => all.indexOf(text) < index
    expect(sets.map(({ title }) => title.toLowerCase()).filter(isRepeated)).toEqual([])
    expect(sets.map(({ key }) => key.split('-').slice(2).join('-')).filter(isRepeated)).toEqual([])
    expect(sets.flatMap(({ tasks }) => tasks.map(({ prompt }) => prompt.toLowerCase())).filter(isRepeated)).toEqual([])
  })

  test.each(files)('%s has a picture that can be read by everybody', (file) => {
    const picture = readSet(file).tasks.find((task) => task.kind === 'PICTURE')
    const svg = readFileSync(`${root}web/public${picture?.imageUrl}`, 'utf8')
    expect(findPictureFaults(svg, picture?.imageAlt ?? '')).toEqual([])
  })

  test('use every picture', () => {
    expect(pictures).toEqual(files.map((file) => file.replace('.json', '.svg')))
  })
})

describe('the published schema', () => {
  const schema = readJson('schema/speaking-test.schema.json')

  test('is that of the code', () => {
    expect(schema).toEqual(
      JSON.parse(JSON.stringify(z.toJSONSchema(testSetSchema, { target: 'draft-7', io: 'input' }))),
    )
  })

  test('takes every file, and refuses what the code refuses', () => {
    const isTestSet = new Ajv().compile(schema as object)
    for (const file of files) {
      isTestSet(readJson(`db/seed/speaking-tests/${file}`))
      expect([file, isTestSet.errors]).toEqual([file, null])
    }
    expect(isTestSet({ ...makeTestSet(), level: 'A1' })).toBe(false)
    expect(isTestSet({ ...makeTestSet(), colour: 'red' })).toBe(false)
  })
})
