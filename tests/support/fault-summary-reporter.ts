/** Writes what the fault suite measured into the table of `tests/faults/README.md`; lines of cases that were not played stay. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import type { FaultRow, FaultRuns } from '../faults/browser/fault-case.ts'

const readme = path.join(import.meta.dirname, '../faults/README.md')
const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->']
const runsBegin = 'Random runs in the browser: '
const heads = ['case', 'lost segments', 'lost audio', 'doubled rows', 'time to recover', 'the learner', 'all kept']

export default class FaultSummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const rows = tests.flatMap((test) => {
      const { faultRow } = test.meta()
      const { state } = test.result()
      if (faultRow) return [toCells(faultRow, state === 'passed')]
      return isCase(test.name) && state === 'failed' ? [toFailedCells(test.name)] : []
    })
    const runs = tests.flatMap((test) => test.meta().faultRuns ?? [])
    if (rows.length === 0 && runs.length === 0) return
    const text = readFileSync(readme, 'utf8')
    const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
    const known = text.slice(from, to)
    const sentence = runs.map(toSentence).at(-1) ?? known.split('\n').find((line) => line.startsWith(runsBegin)) ?? ''
    const parts = [text.slice(0, from), toTable(merge(readCells(known), rows)), sentence, text.slice(to)]
    writeFileSync(readme, parts.filter((part) => part !== '').join('\n\n'))
  }
}

function merge(known: readonly string[][], fresh: readonly string[][]): string[][] {
  const byName = new Map([...known, ...fresh].map((cells) => [cells[0] ?? '', cells]))
  return [...byName.values()].toSorted(([a = ''], [b = '']) => a.localeCompare(b, 'en', { numeric: true }))
}

function readCells(table: string): string[][] {
  const lines = table.split('\n').filter((line) => line.startsWith('| '))
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()))
  return rows.map((cells) => cells.slice(1, -1)).filter(([name = '']) => isCase(name))
}

function toTable(rows: readonly string[][]): string {
  if (rows.length === 0) return ''
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  )
  const toLine = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  return [toLine(heads), toLine(widths.map((width) => '-'.repeat(width))), ...rows.map(toLine)].join('\n')
}

function toCells(row: FaultRow, isPassed: boolean): string[] {
  const { name, lostSegments, lostAudioSeconds, doubledRows, recoverySeconds, learnerDid } = row
  const recovery = recoverySeconds === null ? 'none' : `${recoverySeconds.toFixed(1)} s`
  const kept = isPassed ? 'yes' : 'FAILS'
  return [
    name,
    String(lostSegments),
    `${lostAudioSeconds.toFixed(2)} s`,
    String(doubledRows),
    recovery,
    learnerDid,
    kept,
  ]
}

/** It did not come as far as to be measured. */
function toFailedCells(name: string): string[] {
  return [name, '?', '?', '?', 'not in time', '?', 'FAILS']
}

function isCase(name: string): boolean {
  return /^\d\. /.test(name)
}

function toSentence(runs: FaultRuns): string {
  const share = Math.round((100 * runs.recovered) / runs.runs)
  return (
    `${runsBegin}${runs.recovered} of ${runs.runs} (${share} %) went on and were saved without the learner doing anything; ` +
    `lost segments ${runs.lostSegments}, lost audio ${runs.lostAudioSeconds.toFixed(2)} s, doubled rows ${runs.doubledRows}; ` +
    `time until the talk went on: median ${runs.medianSeconds ?? '?'} s, longest ${runs.longestSeconds ?? '?'} s.`
  )
}
