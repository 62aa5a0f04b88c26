/**
 * Ways to say one thing, written in little: `[sorry] (can | could) you repeat that`, where brackets hold what may be left out
 * and bars part what may stand in each other's place. `<word>` stands for words named elsewhere. The notation is that of
 * JSGF grammars, so that the recogniser takes it as it is. Pure.
 */

/** A test for words (lower case, parted by single spaces). `references` gives what stands for `<word>`, as a pattern of words. */
export function toTest(wording: string, references: Readonly<Record<string, string>> = {}): RegExp {
  const source = toParts(wording)
    .map((part) => {
      if (part === '[' || part === '(') return '(?:'
      if (part === ']') return ')?'
      if (part === ')' || part === '|') return part
      if (part.startsWith('<')) return `(?<${part.slice(1, -1)}>${references[part.slice(1, -1)] ?? ANY_WORDS}) `
      return `${part} `
    })
    .join('')
  return new RegExp(`^(?:${source})$`, 'u')
}

/** The words of a wording, its marks and references left out. */
export function listWordingWords(wording: string): string[] {
  return toParts(wording).filter((part) => /^[a-z']/u.test(part))
}

/** The references of a wording, without their brackets. */
export function listReferences(wording: string): string[] {
  return toParts(wording).flatMap((part) => (part.startsWith('<') ? [part.slice(1, -1)] : []))
}

/** Up to four words, as few as will do. */
const ANY_WORDS = '[^ ]+(?: [^ ]+){0,3}?'

function toParts(wording: string): string[] {
  return wording.match(/<[a-z]+>|[[\]()|]|[^\s[\]()|<>]+/gu) ?? []
}
