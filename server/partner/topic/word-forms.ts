/** The forms of an English word: enough to see that "stopped" is "stop", without a list of words. Pure. */

/** British endings and their American forms, which word lists of films and television have. */
const AMERICAN: readonly (readonly [RegExp, string])[] = [
  [/our(?=s?$|ed$|ing$|ite|ful|less|hood|able)/u, 'or'],
  [/ys(?=e[sd]?$|ing$)/u, 'yz'],
  [/is(?=e[sd]?$|ing$|ation)/u, 'iz'],
  [/practis/u, 'practic'],
  [/tre(?=s?$)/u, 'ter'],
  [/ll(?=ed$|ing$|er$)/u, 'l'],
  [/ogue(?=s?$)/u, 'og'],
  [/ence$/u, 'ense'],
  [/grey/u, 'gray'],
  [/amme(?=s?$)/u, 'am'],
]

/** The word and what it may be a form of: `stopping`, `stopp`, `stoppe`, `stop`. Not all are words. */
export function listForms(word: string): string[] {
  const bases = [word, ...stripEndings(word)].filter((base) => base.length > 1 || base === word)
  const american = bases.flatMap((base) => AMERICAN.map(([british, other]) => base.replace(british, other)))
  return [...new Set([...bases, ...american])]
}

/** Whether a phrase stands in a line, both as words; each word may have another form. */
export function holdsPhrase(line: readonly string[], phrase: readonly string[]): boolean {
  return line.some((_, start) => phrase.every((word, offset) => isForm(line[start + offset] ?? '', word)))
}

function isForm(word: string, other: string): boolean {
  if (word === other) return true
  const forms = listForms(word)
  return listForms(other).some((form) => forms.includes(form))
}

function stripEndings(word: string): string[] {
  return ["'s", 's', 'es', 'ed', 'd', 'ing', 'er', 'est', 'ly'].flatMap((ending) => {
    if (!word.endsWith(ending) || word.length - ending.length < 2) return []
    const stem = word.slice(0, -ending.length)
    return [
      stem,
      `${stem}e`,
      ...(/([b-df-hj-np-tv-z])\1$/u.test(stem) ? [stem.slice(0, -1)] : []),
      ...(stem.endsWith('i') ? [`${stem.slice(0, -1)}y`] : []),
    ]
  })
}
