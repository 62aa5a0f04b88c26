/** Whether an answer looks like the one that a document shows: the same fields with the same types of values. */

/** What a program decides by is shown as it is. */
const exactFields = new Set(['__typename', 'code', 'kind'])

/** What differs, a line each with its place. A list may be longer or shorter than the one that is shown, but not empty. */
export function listDifferences(shown: unknown, actual: unknown, place = 'answer'): string[] {
  if (Array.isArray(shown) && Array.isArray(actual)) return compareLists(shown, actual, place)
  if (isFields(shown) && isFields(actual)) return compareFields(shown, actual, place)
  return typeOf(shown) === typeOf(actual) ? [] : [`${place}: shown ${typeOf(shown)}, and it is ${typeOf(actual)}`]
}

function compareLists(shown: unknown[], actual: unknown[], place: string): string[] {
  if (shown.length === 0 || actual.length === 0)
    return shown.length === actual.length
      ? []
      : [`${place}: shown ${shown.length} items, and there are ${actual.length}`]
  return actual.flatMap((item, index) => {
    const perItem = shown.map((each) => listDifferences(each, item, `${place}[${index}]`))
    return perItem.some((differences) => differences.length === 0) ? [] : (perItem[0] ?? [])
  })
}

function compareFields(shown: Record<string, unknown>, actual: Record<string, unknown>, place: string): string[] {
  return [...new Set([...Object.keys(shown), ...Object.keys(actual)])].flatMap((name) => {
    const at = `${place}.${name}`
    if (!(name in actual)) return [`${at}: shown, and not there`]
    if (!(name in shown)) return [`${at}: there, and not shown`]
    if (exactFields.has(name) && shown[name] !== actual[name])
      return [`${at}: shown ${String(shown[name])}, and it is ${String(actual[name])}`]
    return listDifferences(shown[name], actual[name], at)
  })
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}
