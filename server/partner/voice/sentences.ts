/** Cuts what is to be said into sentences, so that the first is heard while the next is still being made. Pure. */

/** A full stop after these ends no sentence. */
const SHORT_FORM = /(?:^|[\s("“])(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|e\.g|i\.e|approx|[A-Z])\.$/u

/** A sentence ends with its mark where a new one can begin: not before a small letter, nor after "Mr." or an initial. */
export function toSentences(text: string): string[] {
  const pieces = text
    .trim()
    .split(/(?<=[.!?…]["”’')]?)\s+(?=["“‘'(¿¡]?[\p{Lu}\p{N}])/u)
    .filter((piece) => piece !== '')
  return pieces.reduce<string[]>((sentences, piece) => {
    const before = sentences.at(-1)
    if (before !== undefined && SHORT_FORM.test(before)) return [...sentences.slice(0, -1), `${before} ${piece}`]
    return [...sentences, piece]
  }, [])
}

/** What the voice would spell out or leave out, in words. Numbers, times, dates, dollars and "Mr." it says right by itself. */
const SPOKEN_FORMS: readonly (readonly [RegExp, string])[] = [
  [/£\s?(\d[\d.,]*\d|\d)/gu, '$1 pounds'],
  [/€\s?(\d[\d.,]*\d|\d)/gu, '$1 euros'],
  [/(\d)\s?€/gu, '$1 euros'],
  [/(\d)\s?km\b/gu, '$1 kilometres'],
  [/(\d)\s?cm\b/gu, '$1 centimetres'],
  [/(\d)\s?kg\b/gu, '$1 kilograms'],
  [/(\d)\s?°\s?C?\b/gu, '$1 degrees'],
  [/\s&\s/gu, ' and '],
  [/\be\.g\.,?/gu, 'for example,'],
  [/\bi\.e\.,?/gu, 'that is,'],
  [/\betc\./gu, 'and so on.'],
  [/\bvs\.?(?=\s)/gu, 'against'],
  [/\bapprox\.(?=\s)/gu, 'about'],
  [/\b(\d+)\/7\b/gu, '$1 7'],
]

/** Plain letters for a voice that knows ASCII only: short forms in words, typographic marks and accents folded. */
export function toSpeakable(text: string): string {
  return SPOKEN_FORMS.reduce((spoken, [form, words]) => spoken.replaceAll(form, words), text)
    .replaceAll(/[’‘]/gu, "'")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll(/[–—…]/gu, ', ')
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/gu, '')
    .trim()
}
