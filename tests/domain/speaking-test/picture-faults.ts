/**
 * The rules for a picture: nothing in it but shapes and large text, which the policy of the pages allows anywhere; and no word
 * or number that is not in the text for those who do not see it.
 */

const ELEMENTS = new Set(['svg', 'title', 'rect', 'circle', 'line', 'path', 'text'])
/** At a width of 358 of 720 units, which is a phone of 390 px and its margins, these are 12 px. */
const LEAST_FONT_SIZE = 24
/** WCAG 2.2, success criterion 1.4.3. */
const LEAST_CONTRAST = 4.5

const START = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 480" font-family="system-ui,`
/** The card that it lies on, so that it is the same on a dark page. */
const CARD = '<rect x="1" y="1" width="718" height="478" rx="22" fill="#ffffff" stroke="#dedad2" stroke-width="2"/>'
/** Pale grounds that dark text stands on; the darkest of them decides. */
const DARKEST_PALE = '#d9eede'

export function findPictureFaults(svg: string, alt: string): string[] {
  const names = [...svg.matchAll(/<\/?([^\s/>]+)/gu)].map((match) => match[1] ?? '')
  const texts = [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/gu)].map(([, attributes = '', text = '']) => ({
    text: text.replaceAll('&amp;', '&'),
    size: Number(/font-size="([\d.]+)"/u.exec(attributes)?.[1]),
    fill: /\sfill="(#[0-9a-f]{6})"/u.exec(attributes)?.[1] ?? 'none',
  }))
  const altWords = toWords(alt)
  return [
    ...(svg.startsWith(START) ? [] : ['does not begin like the others']),
    ...(svg.includes(CARD) ? [] : ['has no card of its own']),
    ...(texts.length === svg.split('<text').length - 1 ? [] : ['has text in parts']),
    ...names.filter((name) => !ELEMENTS.has(name)).map((name) => `has <${name}>`),
    ...(svg.match(/\s(?:on\w+|style|class|id|(?:xlink:)?href)=|url\(|&#/gu) ?? []).map((part) => `has${part}`),
    ...texts.filter(({ size }) => !(size >= LEAST_FONT_SIZE)).map(({ text }) => `“${text}” is too small`),
    ...texts.filter(({ fill }) => !isReadable(fill)).map(({ text, fill }) => `“${text}” is hard to read in ${fill}`),
    ...texts
      .flatMap(({ text }) => toWords(text))
      .filter((word) => !altWords.some((other) => isSaid(word, other)))
      .map((word) => `“${word}” is not in the text for those who do not see it`),
  ]
}

/** Dark on the palest grounds, or white, which stands on the strong colours only. */
function isReadable(fill: string): boolean {
  return fill === '#ffffff' || contrast(fill, DARKEST_PALE) >= LEAST_CONTRAST
}

/** Months may be cut short in a chart. */
function isSaid(word: string, other: string): boolean {
  return other === word || (word.length === 3 && other.startsWith(word))
}

function toWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z']+|\d+(?:[:,.]\d+)*/gu) ?? []
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
