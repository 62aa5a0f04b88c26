/** One rule to practise by until the next try: the pack's where it has one that fits. */
import type { DrillPartName } from '../../domain/drill-result.ts'
import type { DrillCategory } from './drill-evaluator.ts'
import type { JudgedPart } from './drill-formula.ts'

const rules: Record<DrillPartName, string> = {
  coverage: 'Before you answer, count what the question asks for, and give each point one sentence.',
  structure:
    'Tell it in four sentences first: where it was, what you did, what came of it, what it shows. Then fill in.',
  length: 'Set a timer to the expected time, and stop when it rings; then say the same again with what was missing.',
  pace: 'Record your first two sentences three times, each time with a breath after every full stop.',
  hedging: 'Say each sentence once as a plain statement before you decide whether it needs a "maybe".',
  fillers: 'When you look for a word, close your mouth and wait one breath.',
}

/** Of the first of the categories that has one; a pack without rules leaves the default of the weakest part. */
export function choosePracticeRule(categories: readonly DrillCategory[], parts: readonly JudgedPart[]): string {
  const rule = categories.map(({ practiceRule }) => practiceRule).find((one) => one)
  const weakest = parts.toSorted((a, b) => a.score - b.score)[0]
  return rule ?? rules[weakest?.name ?? 'coverage']
}
