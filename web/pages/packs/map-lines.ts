/** Where in a JSON text a path stands, so that a fault can be shown at its place. Pure. */

/** A text, a bracket, a comma or colon, or else a number or word. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** An open list or object; `key` is that of the member being read, null where an object's next key is still to come. */
interface Frame {
  isList: boolean
  key: string | null
}

/** The line, from 1, of each member's key and of each value in a list, by their path. */
export type JsonLines = ReadonlyMap<string, number>

/** Empty where the text is not JSON. Of a key that is there twice the last one counts, as it does for JSON.parse. */
export function mapLines(json: string): JsonLines {
  const lines = new Map<string, number>()
  if (!isJson(json)) return lines
  const open: Frame[] = []
  let [line, from] = [1, 0]
  for (const { 0: text, index } of json.matchAll(token)) {
    line += json.slice(from, index).split('\n').length - 1
    from = index
    const frame = open.at(-1)
    if (text === ':') continue
    if (text === ',') toNext(frame)
    else if (text === '}' || text === ']') open.pop()
    else {
      const isKey = frame?.key === null
      if (isKey) frame.key = String(JSON.parse(text))
      if (isKey || frame?.isList) lines.set(toKey(open.map(({ key }) => key ?? '')), line)
      if (text === '{' || text === '[') open.push({ isList: text === '[', key: text === '[' ? '0' : null })
    }
  }
  return lines
}

/** The line of the path, or of the nearest part of it that is there: what is missing has no line of its own. */
export function findLine(lines: JsonLines, path: readonly string[]): number | null {
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(toKey(path.slice(0, length)))
    if (line !== undefined) return line
  }
  return null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function toNext(frame: Frame | undefined): void {
  if (frame) frame.key = frame.isList ? String(Number(frame.key) + 1) : null
}

function toKey(path: readonly string[]): string {
  return JSON.stringify(path)
}
