/** Where in a pack's file a fault stands. */
import { describe, expect, it } from 'vitest'
import { findLine, mapLines } from '../../../web/pages/packs/map-lines.ts'
import { placeFaults } from '../../../web/pages/packs/place-faults.ts'

describe('the line of a path', () => {
  const json = [
    '{ "metadata": {',
    '    "title": "a \\"quoted\\": [text], {",',
    '    "categories": ["one", "two",',
    '      "three"] },',
    '  "empty": [], "none": {},',
    '  "questions": [',
    '    [1, [2,',
    '      3]],',
    '    { "id": null }',
    '  ] }',
  ].join('\n')
  const lines = mapLines(json)

  it.each([
    [['metadata'], 1],
    [['metadata', 'title'], 2],
    [['metadata', 'categories', '1'], 3],
    [['metadata', 'categories', '2'], 4],
    [['none'], 5],
    [['questions', '0', '1', '0'], 7],
    [['questions', '0', '1', '1'], 8],
    [['questions', '1', 'id'], 9],
  ])('%j is %i', (path, line) => {
    expect(findLine(lines, path)).toBe(line)
  })

  it('of what is missing is that of what should hold it', () => {
    expect(findLine(lines, ['questions', '1', 'prompt'])).toBe(9)
    expect(findLine(lines, ['version'])).toBeNull()
  })

  it('of a key that is there twice is the last one’s, which is the one that counts', () => {
    expect(findLine(mapLines('{"a": 1,\n"a": 2}'), ['a'])).toBe(2)
  })

  it('is none where the text is not JSON', () => {
    expect(placeFaults('{\n"a": ', [{ path: [], message: 'This is not JSON: look at line 2, column 6.' }])).toEqual([
      { path: '', message: 'This is not JSON: look at line 2, column 6.', line: null, excerpt: '' },
    ])
  })
})
