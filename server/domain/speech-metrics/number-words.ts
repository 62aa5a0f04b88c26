/** Numbers as they are said, since recognisers write digits: `42` is forty two, `1999` nineteen ninety nine. */

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** The words of a number as speakers of English usually say it; null where it is none, or has letters. */
export function spellNumber(written: string): string[] | null {
  if (/^\d+(?::\d+)+$/u.test(written)) return written.split(':').flatMap((part) => spellCardinal(Number(part)))
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/u.exec(written)
  if (!match) return null
  const [, whole = '', decimals] = match
  const digits = whole.replaceAll(',', '')
  const spelled =
    digits.length > 6 ? digits.split('').flatMap((digit) => spellCardinal(Number(digit))) : spellWhole(digits, whole)
  return decimals === undefined
    ? spelled
    : [...spelled, 'point', ...decimals.split('').flatMap((digit) => spellCardinal(Number(digit)))]
}

function spellWhole(digits: string, written: string): string[] {
  const value = Number(digits)
  const isYear =
    digits === written && digits.length === 4 && ((value >= 1100 && value < 2000) || (value >= 2010 && value < 2100))
  if (!isYear) return spellCardinal(value)
  const [century, rest] = [Math.floor(value / 100), value % 100]
  return [
    ...spellCardinal(century),
    ...(rest === 0 ? ['hundred'] : rest < 10 ? ['oh', ...spellCardinal(rest)] : spellCardinal(rest)),
  ]
}

/** Below a million. */
function spellCardinal(value: number): string[] {
  if (value < 20) return [small[value] ?? '']
  if (value < 100) return [tens[Math.floor(value / 10)] ?? '', ...spellRest(value % 10)]
  if (value < 1_000) return [...spellCardinal(Math.floor(value / 100)), 'hundred', ...spellRest(value % 100)]
  return [...spellCardinal(Math.floor(value / 1_000)), 'thousand', ...spellRest(value % 1_000)]
}

function spellRest(value: number): string[] {
  return value === 0 ? [] : spellCardinal(value)
}
