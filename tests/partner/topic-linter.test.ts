/** Each rule of the linter, with a topic that breaks it; and the linter as it is run. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lintTopic } from '../../server/partner/topic-lint/lint-topic.ts'
import { rankOf } from '../../server/partner/topic-lint/word-ranks.ts'
import { makeSampleFile, SAMPLE_FILE, type SampleFile } from '../support/sample-topic.ts'

function lint(change: (file: SampleFile) => void): string[] {
  const file = makeSampleFile()
  change(file)
  return lintTopic(SAMPLE_FILE, JSON.stringify(file))
}

/** Changes the first reply of the turn "4-soup", where nothing else hangs on it. */
const withReply = (change: Record<string, unknown>) => (file: SampleFile) => {
  Object.assign(file.turns[5]?.replies[0] ?? {}, change)
}

test('a good topic has no faults', () => {
  expect(lint(() => {})).toEqual([])
})

describe('the linter finds', () => {
  test.each<[string, (file: SampleFile) => void, string]>([
    [
      'a digit',
      withReply({ text: 'I have 2 of them.' }),
      'turn "4-soup", reply 1: write numbers as words: "I have 2 of them."',
    ],
    [
      'a bracket',
      withReply({ reaction: 'Very good (I think).' }),
      'turn "4-soup", reply 1, reaction: no brackets: "Very good (I think)."',
    ],
    [
      'a straight quote',
      withReply({ reaction: 'You say "soup".' }),
      'turn "4-soup", reply 1, reaction: write quotes as “ ”: "You say "soup"."',
    ],
    [
      'a letter beyond the plain ones',
      withReply({ reaction: 'In a café.' }),
      'turn "4-soup", reply 1, reaction: only plain letters, the apostrophe \' and quotes “ ”: "In a café."',
    ],
    [
      'an abbreviation',
      withReply({ reaction: 'Yes, e.g. soup.' }),
      'turn "4-soup", reply 1, reaction: no abbreviations with dots: "Yes, e.g. soup."',
    ],
    [
      'a sentence without an end',
      withReply({ reaction: 'Very good' }),
      'turn "4-soup", reply 1, reaction: a sentence ends with . ! or ?: "Very good"',
    ],
    [
      'a recap with a full stop',
      withReply({ recap: 'you like soup.' }),
      'turn "4-soup", reply 1, recap: a recap is a clause without a mark at its end: "you like soup."',
    ],
    [
      'a recap in the first person',
      withReply({ recap: 'I like soup' }),
      'turn "4-soup", reply 1, recap: a recap speaks to the learner: you, your: "I like soup"',
    ],
    [
      'a sentence of the partner that is too long',
      withReply({ reaction: 'It is good and I like it and you do too.' }),
      'turn "4-soup", reply 1, reaction: a sentence of 11 words, where 10 is the most: "It is good and I like it and you do too."',
    ],
    [
      'a reply that is too long',
      withReply({ text: 'I like it and I want it and so on.' }),
      'turn "4-soup", reply 1: a sentence of 10 words, where 9 is the most: "I like it and I want it and so on."',
    ],
    [
      'a word that cannot be heard',
      withReply({ text: 'I like grzmblfx.' }),
      'turn "4-soup", reply 1: the recogniser does not know "grzmblfx": "I like grzmblfx."',
    ],
    [
      'an unheard word in a variant',
      withReply({ variants: [{ text: 'I am grzmblfx.', note: 'No.' }] }),
      'turn "4-soup", reply 1, variant 1: the recogniser does not know "grzmblfx": "I am grzmblfx."',
    ],
    [
      'a variant that only looks different',
      withReply({ text: 'I eat meat too.', variants: [{ text: 'I eat meet to.', note: 'No.' }] }),
      'turn "4-soup": "I eat meet to." cannot be told by ear from another reply or variant',
    ],
    [
      'a question that does not end with one',
      (file) => Object.assign(file.turns[5] ?? {}, { ask: 'Do you? Tell me.' }),
      'turn "4-soup": its ask does not end with the question: "Do you? Tell me."',
    ],
    [
      'a glossary word that nobody says',
      (file) => Object.assign(file.glossary[6] ?? {}, { word: 'elephant' }),
      'glossary "elephant": no line has this word',
    ],
    [
      'a glossary word that is there twice',
      (file) => Object.assign(file.glossary[6] ?? {}, { word: 'Bread' }),
      'glossary "Bread": it is there twice',
    ],
    [
      'a key of another level',
      (file) => Object.assign(file, { level: 'A2' }),
      'its key does not begin with its level: a2-a1-sample',
    ],
  ])('%s', (_what, change, fault) => {
    expect(lint(change)).toEqual([fault])
  })

  test('too few branches', () => {
    const faults = lint((file) => {
      file.turns = file.turns.filter(({ id }) => id !== '4-soup')
      for (const reply of file.turns[3]?.replies ?? []) delete reply.next
    })
    expect(faults).toContain('it has 2 turns whose next question depends on the reply, where 3 is the least')
  })

  test('too few slots, too few variants, too few recaps, and no slot made use of', () => {
    const faults = lint((file) => {
      for (const turn of file.turns) {
        if (turn.id === '3-like') turn.ask = turn.simpler = 'Do you like it?'
        turn.replies = turn.replies.map(({ next }, index) => ({
          text: ['Yes, I do.', 'I am not so happy about it.', 'Maybe, but not my {city}.'][index] ?? '',
          reaction: 'A good breakfast with bread, soup and cheese in your country.',
          ...(next === undefined ? {} : { next }),
        }))
        if (turn.id !== '1-from' && turn.id !== '2-city')
          turn.replies.splice(2, 1, { text: 'Maybe, but I get up.', reaction: 'Oh.' })
      }
    })
    expect(faults.filter((fault) => fault.startsWith('it has'))).toEqual([
      'it has 2 open slots in replies, where 3 is the least',
      'it has 0 variants, where 6 is the least',
      'it has 0 turns with a recap in some reply, where 6 is the least',
      'it has 0 lines that use what was said in a slot, where 1 is the least',
    ])
  })

  test('words too rare for the level, the rarest first, but not those of title and glossary', () => {
    const rare = ['Bewildered philosophers', 'obstinate', 'ramifications', 'exquisite'].join(' ')
    const faults = lint(withReply({ reaction: `${rare} ${rare}. ${rare} ${rare}.` }))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(
      /^only 9\d\.\d % of the words of the lines are among the 1500 most common.*rare: ramifications \(\d+\), /,
    )
    const explained = lint((file) => {
      withReply({ reaction: `${rare} ${rare}. ${rare} ${rare}.` })(file)
      file.title = rare
    })
    expect(explained).toEqual([])
  })

  test('meanings that are harder than the word', () => {
    const faults = lint((file) => {
      for (const entry of file.glossary) entry.meaning = 'An exquisite ramification of obstinate philosophy.'
    })
    expect(faults).toEqual([expect.stringMatching(/^only .* of the meanings of the glossary/)])
  })
})

test('a word is as common as its likely base or its American spelling', () => {
  expect(rankOf('stopped')).toBeLessThan(1_000)
  expect(rankOf('colours')).toBe(rankOf('color'))
  expect(rankOf("don't")).toBeLessThan(100)
  expect(rankOf('practised')).toBeLessThan(3_000)
  expect(rankOf('grzmblfx')).toBe(Infinity)
})

describe('run from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-lint-'))
  const run = (...files: string[]) =>
    spawnSync(process.execPath, ['server/partner/topic-lint.ts', ...files], { encoding: 'utf8' })
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test('it prints every fault with its file, and exits with 1', () => {
    const good = write(SAMPLE_FILE, JSON.stringify(makeSampleFile()))
    const bad = write('a1-bad.json', JSON.stringify({ ...makeSampleFile(), opening: 'Hello' }))
    const both = run(good, bad, join(folder, 'a1-none.json'))
    expect(both.status).toBe(1)
    expect(both.stdout).toBe(`${good}: good\n`)
    expect(both.stderr).toContain(`${bad}: its key is "a1-sample", which is not its name`)
    expect(both.stderr).toContain(`${bad}: opening: a sentence ends with`)
    expect(both.stderr).toMatch(/a1-none\.json: .*ENOENT/)
    expect(run(good).status).toBe(0)
    expect(run().status).toBe(1)
    rmSync(folder, { recursive: true })
  })
})

test('the examples in the documentation are good', () => {
  const page = readFileSync('docs/writing-topics.md', 'utf8')
  const [head, turn] = [...page.matchAll(/```json\n([\s\S]*?)\n```/g)].map(
    ([, json = '']) => JSON.parse(json) as Record<string, unknown> & { replies: { next?: string }[] },
  )
  // The example turn takes the place of one in a whole topic.
  const { turns } = makeSampleFile()
  const replies = turn?.replies.map(({ next: _next, ...reply }) => reply)
  const topic = {
    ...head,
    turns: turns.map((one) => (one.id === '4-bread' ? { ...turn, id: one.id, next: one.next, replies } : one)),
  }
  expect(lintTopic('a1-pets.json', JSON.stringify(topic))).toEqual([])
})
