/** Each rule of the linter, with a speaking test that breaks it. */
import { describe, expect, test } from 'vitest'
import { lintTestSet } from '../../../server/domain/speaking-test/lint-test-set.ts'
import { estimateTestSeconds } from '../../../server/domain/speaking-test/test-set.ts'
import { rankOf } from '../../../server/partner/topic-lint/word-ranks.ts'
import { findPictureFaults } from './picture-faults.ts'
import { makeTestSet, SAMPLE_FILE } from './sample-test-set.ts'

type Sample = ReturnType<typeof makeTestSet>

/** As `path: message`. */
function lint(change: (set: Sample) => void): string[] {
  const set = makeTestSet()
  change(set)
  return lintTestSet(set, SAMPLE_FILE, rankOf).map(({ path, message }) => `${path}: ${message}`)
}

/** Changes one task; see the order in the sample. */
const withTask = (index: number, change: Record<string, unknown>) => (set: Sample) => {
  Object.assign(set.tasks[index] ?? {}, change)
}

test('a good set has no faults, and lasts as long as its clocks and its reading', () => {
  expect(lint(() => {})).toEqual([])
  expect(estimateTestSeconds(makeTestSet())).toBe(3 * 35 + 105 + 120 + 65 + 6 * 20)
})

describe('the linter finds', () => {
  test.each<[string, (set: Sample) => void, string]>([
    ['another name', (set) => Object.assign(set, { key: 'a2-1-song' }), 'key: the file is called a2-1-music.json'],
    ['another level', (set) => Object.assign(set, { level: 'B1' }), 'key: does not begin with its level, B1'],
    [
      'the picture of another set',
      withTask(3, { imageUrl: '/speaking-tests/a2-2-art.svg' }),
      'tasks.3.imageUrl: is not /speaking-tests/a2-1-music.svg',
    ],
    ['a missing kind', (set) => void set.tasks.splice(4, 1), 'tasks: has 0 of LONG_TURN, where 1 must be'],
    [
      'a warm-up too late',
      (set) => set.tasks.splice(4, 0, ...set.tasks.splice(2, 1)),
      'tasks: a WARM_UP comes after another kind',
    ],
    [
      'a discussion too early',
      (set) => set.tasks.splice(3, 0, ...set.tasks.splice(5, 1)),
      'tasks: a DISCUSSION comes before another kind',
    ],
    [
      'too long to speak for the level',
      withTask(0, { speakSeconds: 40 }),
      'tasks.0.speakSeconds: 40 seconds of WARM_UP at A2, where 20 to 30 must be',
    ],
    [
      'too little time to prepare for the level',
      withTask(4, { prepareSeconds: 20 }),
      'tasks.4.prepareSeconds: 20 seconds of LONG_TURN at A2, where 45 to 60 must be',
    ],
    [
      'a test too short as a whole',
      (set) => void set.tasks.splice(2, 1),
      'tasks: 460 seconds of the whole test with reading, where 480 to 720 must be',
    ],
    [
      'a long turn with two points',
      withTask(4, { prompt: 'Talk about a song. Say:\n• who made it\n• why you like it' }),
      'tasks.4.prompt: has 2 points, where 3 to 4 must be',
    ],
    [
      'a point without its mark',
      withTask(4, { prompt: 'Talk about a song. Say:\n• who made it\n• where it was\nwhy you like it' }),
      'tasks.4.prompt: a point does not begin with “• ”',
    ],
    [
      'points that nothing leads to',
      withTask(4, { prompt: 'Talk about a song.\n• who made it\n• where it was\n• why you like it' }),
      'tasks.4.prompt: its first line does not end with a colon',
    ],
    ['points where none belong', withTask(5, { prompt: 'Why?\n• yes.' }), 'tasks.5.prompt: has more than one line'],
    ['a question that asks nothing', withTask(0, { prompt: 'Say it.' }), 'tasks.0.prompt: asks no question'],
    ['an end without a mark', withTask(5, { prompt: 'Why? Say it' }), 'tasks.5.prompt: does not end with . ? or !'],
    [
      'a long sentence',
      withTask(5, { prompt: 'Why do you and I and all the people that we know like music so much?' }),
      'tasks.5.prompt: a sentence of 16 words, where 13 is the most at A2',
    ],
    [
      'a strange sign',
      withTask(5, { prompt: 'Why — do you think?' }),
      "tasks.5.prompt: the sign —: only plain letters, the apostrophe ' and quotes “ ”",
    ],
    [
      'a private matter',
      withTask(5, { prompt: 'What do you do for your health?' }),
      'tasks.5.prompt: “your health” is a private matter, or one to quarrel over',
    ],
    ['a field that nobody knows', withTask(0, { hint: 'x' }), 'tasks.0: Unrecognized key: "hint"'],
    [
      'a picture task without its picture',
      withTask(3, { imageAlt: undefined }),
      'tasks.3.imageAlt: Invalid input: expected string, received undefined',
    ],
  ])('%s', (_what, change, fault) => {
    expect(lint(change)).toContain(fault)
  })

  test('rare words in prompts and in the picture in words, naming them with their ranks', () => {
    const inPrompts = lint(withTask(5, { prompt: 'Why does serendipity mesmerise?' }))
    expect(inPrompts).toEqual([
      expect.stringMatching(/^tasks: only 9\d\.\d % of the words of the prompts .*serendipity \(\d+\)/u),
    ])
    const inPicture = lint(
      withTask(3, {
        imageAlt: 'Two people in a room. One plays the harpsichord, and one has a big tambourine in the hand.',
      }),
    )
    expect(inPicture).toEqual([expect.stringMatching(/of the picture in words .*harpsichord/u)])
  })

  test('every fault of a file that is no set', () => {
    expect(lintTestSet({}, SAMPLE_FILE, rankOf).map(({ path }) => path)).toEqual([
      '$schema',
      'key',
      'level',
      'title',
      'version',
      'tasks',
    ])
  })
})

describe('a picture is refused', () => {
  const card = '<rect x="1" y="1" width="718" height="478" rx="22" fill="#ffffff" stroke="#dedad2" stroke-width="2"/>'
  const draw = (inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 480" font-family="system-ui, sans-serif">${card}${inner}</svg>`

  test('for none of these reasons when it is good', () => {
    expect(
      findPictureFaults(draw('<text x="9" y="9" font-size="24" fill="#1b1a18">12 cats</text>'), 'There are 12 cats.'),
    ).toEqual([])
  })

  test.each([
    ['with a script', '<script>1</script>', 'has <script>'],
    ['with a style', '<rect style="fill:red"/>', 'has style='],
    ['with a reference', '<use href="#a"/>', 'has href='],
    ['with small text', '<text font-size="20" fill="#1b1a18">cats</text>', '“cats” is too small'],
    ['with pale text', '<text font-size="24" fill="#b8721a">cats</text>', '“cats” is hard to read in #b8721a'],
    [
      'with a word that only the eye finds',
      '<text font-size="24" fill="#1b1a18">dog</text>',
      '“dog” is not in the text for those who do not see it',
    ],
    [
      'with another number',
      '<text font-size="24" fill="#1b1a18">13</text>',
      '“13” is not in the text for those who do not see it',
    ],
  ])('%s', (_what, inner, fault) => {
    expect(findPictureFaults(draw(inner), 'There are 12 cats.')).toContain(fault)
  })
})
