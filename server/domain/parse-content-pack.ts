/** From the text of a file to a content pack, or to all that keeps it from being one. Pure. */
import type { z } from 'zod'
import { type ContentPackContent, toPackContent } from './content-pack.ts'
import { MAX_PACK_BYTES, type PackFile, packFileSchema } from './content-pack-file.ts'
import { findRelationFaults } from './content-pack-relations.ts'
import type { InputIssue } from './errors.ts'

export type ParsedPack =
  | { isGood: true; file: PackFile; content: ContentPackContent }
  /**
   * At least one, in the order of their paths, which are those of the file: names of fields and places in lists, counted from 0, such as
   * questions, 3, prompt; empty for the file as a whole.
   */
  | { isGood: false; faults: InputIssue[] }

/** More than a person mends in one go; a file of rubbish could have a hundred thousand. */
const MAX_FAULTS = 500

/** Judges shape and relations in one go, so that one reading shows all that is wrong. What is in a list that is too long is not looked at. */
export function parseContentPack(json: string): ParsedPack {
  const read = readJson(json)
  if ('fault' in read) return { isGood: false, faults: [{ path: [], message: read.fault }] }
  const parsed = packFileSchema.safeParse(read.value, { error: explainIssue })
  const faults = [...(parsed.error?.issues ?? []).flatMap(toFaults), ...findRelationFaults(read.value)]
  if (!parsed.success || faults.length > 0) return { isGood: false, faults: toReport(faults) }
  return { isGood: true, file: parsed.data, content: toPackContent(parsed.data) }
}

function readJson(json: string): { value: unknown } | { fault: string } {
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_PACK_BYTES)
    return { fault: `A pack has at most ${MAX_PACK_BYTES} bytes, and this one has ${bytes}. Split it into several.` }
  try {
    // Some editors put a byte order mark in front.
    return { value: JSON.parse(json.replace(/^\uFEFF/, '')) }
  } catch (error) {
    return { fault: `This is not JSON${toPlace(json, error)}.` }
  }
}

/** Where the engine says that it stopped; its words quote the file, and differ from engine to engine. */
function toPlace(json: string, error: unknown): string {
  const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? json.length)
  const lines = json.slice(0, position).split('\n')
  return `: look at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

function toFaults(issue: z.core.$ZodIssue): InputIssue[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
  return issue.keys.map((key) => ({ path: [...path, key], message: 'There is no such field in a content pack.' }))
}

const typeNames: Record<string, string> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** For what the schema itself has no words of its own. */
function explainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'This is missing.'
    return `This must be ${typeNames[issue.expected] ?? issue.expected}.`
  }
  if (issue.code === 'too_small') return explainSize(issue, 'At least', Number(issue.minimum))
  if (issue.code === 'too_big') return explainSize(issue, 'At most', Number(issue.maximum))
  return undefined
}

function explainSize({ input }: { input?: unknown }, bound: string, limit: number): string {
  if (typeof input === 'string')
    return input === '' ? 'This is empty.' : `${bound} ${limit} characters, and there are ${Array.from(input).length}.`
  return Array.isArray(input) ? `${bound} ${limit} must be here, and there are ${input.length}.` : `${bound} ${limit}.`
}

function toReport(faults: InputIssue[]): InputIssue[] {
  const inOrder = faults
    .slice(0, MAX_FAULTS)
    .toSorted((a, b) => a.path.join('.').localeCompare(b.path.join('.'), 'en', { numeric: true }))
  const rest = faults.length - inOrder.length
  return rest === 0
    ? inOrder
    : [{ path: [], message: `These are ${MAX_FAULTS} faults of ${faults.length}.` }, ...inOrder]
}
