/** The examples of a document: what is to be run, and the answer that is shown below it. */
import { readFileSync } from 'node:fs'

export interface Example {
  /** The script's file name where the text names one, else the heading and the place below it. */
  name: string
  language: 'sh' | 'js'
  code: string
  /** Values as JSON, in order; null when no answer is shown. */
  answer: unknown[] | null
}

interface Fence {
  language: string
  code: string
  /** The text between the fence before and this one. */
  before: string
}

/** In the order of the document. Throws for a fence that is neither an example, an answer to one nor a quotation: it would not be run. */
export function readExamples(file: string): Example[] {
  const examples: Example[] = []
  let heading = ''
  for (const { language, code, before } of readFences(readFileSync(file, 'utf8'))) {
    heading = [...before.matchAll(/^## (.+)$/gm)].at(-1)?.[1] ?? heading
    if (language === 'json') {
      const example = examples.at(-1)
      if (!example || example.answer !== null) throw new Error(`an answer to nothing: ${code}`)
      example.answer = readValues(code)
    } else if (language === 'sh' || language === 'js') {
      const script = [...before.matchAll(/`([\w-]+\.mjs)`/g)].at(-1)?.[1]
      examples.push({ name: script ?? `${heading}, ${examples.length + 1}`, language, code, answer: null })
    } else if (!toQuotedFile(before)) throw new Error(`not to be run: a fence of "${language}"`)
  }
  return examples
}

export interface Quotation {
  /** As the text before it names it. */
  file: string
  code: string
}

/** What is not run here: whole files of another project, each below a line with its name alone. */
export function readQuotations(file: string): Quotation[] {
  return readFences(readFileSync(file, 'utf8')).flatMap(({ language, before, code }) => {
    const quoted = ['json', 'sh', 'js'].includes(language) ? null : toQuotedFile(before)
    return quoted === null ? [] : [{ file: quoted, code }]
  })
}

function toQuotedFile(before: string): string | null {
  return /\n`([\w./-]+)`:\n\n$/.exec(before)?.[1] ?? null
}

/** JSON values, each on one or more lines of its own. Throws for what is none. */
export function readValues(text: string): unknown[] {
  const values: unknown[] = []
  let open = ''
  for (const line of text.split('\n')) {
    open += `${line}\n`
    if (open.trim() === '') continue
    try {
      values.push(JSON.parse(open))
      open = ''
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  if (open.trim() !== '') throw new Error(`not JSON: ${open}`)
  return values
}

function readFences(text: string): Fence[] {
  const fences: Fence[] = []
  let end = 0
  for (const match of text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    fences.push({ language: match[1] ?? '', code: match[2] ?? '', before: text.slice(end, match.index) })
    end = match.index + match[0].length
  }
  return fences
}
