/**
 * How an English word that is in no dictionary is likely said, by simple rules of spelling: good enough to find a name in
 * a recording whose text is known, and not to teach anyone how to say it. Pure.
 */

/** Spellings and their sounds (ARPAbet), longest first. */
const RULES: readonly (readonly [string, string])[] = (
  [
    ['tion', 'SH AH N'],
    ['sion', 'ZH AH N'],
    ['tch', 'CH'],
    ['igh', 'AY'],
    ['eau', 'OW'],
    ['sch', 'SH'],
    ['qu', 'K W'],
    ['ch', 'CH'],
    ['sh', 'SH'],
    ['th', 'TH'],
    ['ph', 'F'],
    ['gh', 'G'],
    ['wh', 'W'],
    ['kn', 'N'],
    ['wr', 'R'],
    ['ck', 'K'],
    ['ng', 'NG'],
    ['zh', 'ZH'],
    ['ee', 'IY'],
    ['ea', 'IY'],
    ['ie', 'IY'],
    ['ei', 'EY'],
    ['ai', 'EY'],
    ['ay', 'EY'],
    ['ey', 'IY'],
    ['oa', 'OW'],
    ['oo', 'UW'],
    ['ou', 'AW'],
    ['ow', 'OW'],
    ['oi', 'OY'],
    ['oy', 'OY'],
    ['au', 'AO'],
    ['aw', 'AO'],
    ['ew', 'Y UW'],
    ['ar', 'AA R'],
    ['er', 'ER'],
    ['ir', 'ER'],
    ['or', 'AO R'],
    ['ur', 'ER'],
    ['a', 'AE'],
    ['b', 'B'],
    ['c', 'K'],
    ['d', 'D'],
    ['e', 'EH'],
    ['f', 'F'],
    ['g', 'G'],
    ['h', 'HH'],
    ['i', 'IH'],
    ['j', 'JH'],
    ['k', 'K'],
    ['l', 'L'],
    ['m', 'M'],
    ['n', 'N'],
    ['o', 'AA'],
    ['p', 'P'],
    ['q', 'K'],
    ['r', 'R'],
    ['s', 'S'],
    ['t', 'T'],
    ['u', 'AH'],
    ['v', 'V'],
    ['w', 'W'],
    ['x', 'K S'],
    ['y', 'IY'],
    ['z', 'Z'],
  ] as const
).toSorted(([left], [right]) => right.length - left.length)

/** Before these, c and g are soft. */
const SOFTENERS = new Set(['e', 'i', 'y'])
const LONG_VOWELS: Readonly<Record<string, string>> = { a: 'EY', e: 'IY', i: 'AY', o: 'OW', u: 'UW' }

/** Sounds parted by spaces; null for what has no letters of the English alphabet. */
export function toSounds(word: string): string | null {
  const letters = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (letters === '') return null
  const sounds: string[] = []
  for (let at = 0; at < letters.length;) {
    const [spelling, sound] = soundAt(letters, at)
    // A doubled consonant is one sound.
    if (sound !== '' && !(sound === sounds.at(-1) && !/[AEIOU]/.test(sound[0] ?? ''))) sounds.push(sound)
    at += spelling.length
  }
  return sounds.join(' ')
}

function soundAt(letters: string, at: number): readonly [string, string] {
  const rest = letters.slice(at)
  const [letter = '', next = ''] = rest
  if (rest === 'e' && at > 1) return ['e', '']
  if (letter === 'y' && at === 0) return ['y', 'Y']
  // A vowel before one consonant and a silent e at the end, as in "Kate".
  const long = LONG_VOWELS[letter]
  if (long !== undefined && /^[aeiou][^aeiouwxy]e$/.test(rest)) return [letter, long]
  if (SOFTENERS.has(next) && letter === 'c') return ['c', 'S']
  if (SOFTENERS.has(next) && letter === 'g') return ['g', 'JH']
  return RULES.find(([spelling]) => rest.startsWith(spelling)) ?? [letter, '']
}
