/** What studies found of other learners, in a sentence: from the tables that the level is estimated by, and from nowhere else. */
import {
  type ReferenceMean,
  type ReferenceTable,
  referenceTables,
} from '../../../../server/domain/speech-metrics/reference-tables.ts'

export interface Typical {
  sentence: string
  citation: string
}

/** Null where no study is known. `write` gives a value with its unit. */
export function toTypical(measure: string, write: (value: number) => string): Typical | null {
  const table = referenceTables.find((each) => each.measure === measure)
  if (!table) return null
  const written = table.means.map(({ value }) => write(value))
  const means = table.means.map((mean, index) => {
    const isLast = index === table.means.length - 1
    const value = isLast ? written[index] : withoutUnit(written[index])
    return `at ${toLevels(mean)} ${index === 0 ? `had ${value}` : value}`
  })
  const sentence = `In one study learners ${join(means)} on average. ${toCaution(table)}`
  return { sentence, citation: table.citation }
}

function toLevels({ level, isOrAbove }: ReferenceMean): string {
  return isOrAbove ? `${level} and above` : level
}

/** "135 syllables a minute" -> "135". */
function withoutUnit(written = ''): string {
  return written.split(' ')[0] ?? written
}

function toCaution({ evidence }: ReferenceTable): string {
  const kind = evidence === 'FLUENCY' ? 'They spoke alone, in a test. ' : ''
  return `${kind}Few people took part, so take it as a hint.`
}

function join(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
