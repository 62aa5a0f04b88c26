/** What is wrong with a pack's file, each fault with the line to look at. Pure. */
import { findLine, mapLines } from './map-lines.ts'

/** As the API tells it: names of fields and places in lists, counted from 0; empty for the file as a whole. */
export interface PackFault {
  path: readonly string[]
  message: string
}

export interface PlacedFault {
  /** Such as questions[3].prompt. */
  path: string
  message: string
  /** From 1; null where it is about the whole file. */
  line: number | null
  /** What stands in that line, shortened. */
  excerpt: string
}

const longestExcerpt = 120

export function placeFaults(json: string, faults: readonly PackFault[]): PlacedFault[] {
  const lines = mapLines(json)
  const texts = json.split('\n')
  return faults.map(({ path, message }) => {
    const line = findLine(lines, path)
    return { path: toPath(path), message, line, excerpt: line === null ? '' : shorten(texts[line - 1] ?? '') }
  })
}

function toPath(path: readonly string[]): string {
  return path.reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : text ? `${text}.${part}` : part), '')
}

function shorten(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > longestExcerpt ? `${trimmed.slice(0, longestExcerpt)}…` : trimmed
}
