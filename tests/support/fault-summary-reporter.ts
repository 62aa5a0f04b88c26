/** Writes what the fault suite measured into the table of `tests/faults/README.md`. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import type { FaultRow, FaultRuns } from '../faults/browser/fault-case.ts'

const readme = path.join(import.meta.dirname, '../faults/README.md')
const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->']

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const rows = tests.flatMap((test) => {
      const { faultRow } = test.meta()
      const { state } = test.result()
      if (faultRow) return [toLine(faultRow, state === 'passed')]
      return isCase(test.name) && state === 'failed' ? [toFailedLine(test.name)] : []
    })
    const runs = tests.flatMap((test) => test.meta().faultRuns ?? [])
    if (rows.length === 0 && runs.length === 0) return
    const text = readFileSync(readme, 'utf8')
    const [before, after] = [text.slice(0, text.indexOf(begin) + begin.length), text.slice(text.indexOf(end))]
    writeFileSync(readme, [before, ...toTable(rows.toSorted()), ...runs.map(toSentence), after].join('\n\n'))
  }
}

function toTable(rows: readonly string[]): string[] {
  if (rows.length === 0) return []
  const head = '| case | lost segments | lost audio | doubled rows | time to recover | the learner | |'
  return [[head, '| --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n')]
}

function toLine(row: FaultRow, isPassed: boolean): string {
  const { name, lostSegments, lostAudioSeconds, doubledRows, recoverySeconds, learnerDid } = row
  const recovery = recoverySeconds === null ? 'none' : `${recoverySeconds.toFixed(1)} s`
  const cells = [name, lostSegments, `${lostAudioSeconds.toFixed(2)} s`, doubledRows, recovery, learnerDid]
  return `| ${[...cells, isPassed ? 'kept' : '**fails**'].join(' | ')} |`
}

/** It did not come as far as to be measured. */
function toFailedLine(name: string): string {
  return `| ${name} | | | | not within the time | | **fails** |`
}

function isCase(name: string): boolean {
  return /^\d\. /.test(name)
}

function toSentence(runs: FaultRuns): string {
  const share = Math.round((100 * runs.recovered) / runs.runs)
  return (
    `Random runs in the browser: ${runs.recovered} of ${runs.runs} (${share} %) went on and were saved without the learner ` +
    `doing anything; lost segments ${runs.lostSegments}, lost audio ${runs.lostAudioSeconds.toFixed(2)} s, doubled rows ` +
    `${runs.doubledRows}; time until the talk went on: median ${runs.medianSeconds ?? '–'} s, longest ${runs.longestSeconds ?? '–'} s.`
  )
}
