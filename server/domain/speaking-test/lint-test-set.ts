/** All rules for the file of a speaking test: those without which it cannot be used, and those that make it right for its level. */
import type { Fault } from './fault.ts'
import { TASK_COUNTS, TASK_TIMES, TEST_SECONDS, type Span } from './test-limits.ts'
import { estimateTestSeconds, taskKinds, testSetSchema, type TestSet, type TestTask } from './test-set.ts'
import { findWordingFaults, type RankOf } from './wording-faults.ts'

/**
 * Every fault of a file's parsed content; empty for a good one. Rules of mix, times and words are only looked at once the
 * shape is right. `rankOf` tells how common a word is.
 */
export function lintTestSet(json: unknown, fileName: string, rankOf: RankOf): Fault[] {
  const parsed = testSetSchema.safeParse(json)
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const set = parsed.data
  return [
    ...findNameFaults(set, fileName),
    ...findMixFaults(set),
    ...findTimeFaults(set),
    ...set.tasks.flatMap((task, index) =>
      findFormFaults(task).map((message) => ({ path: `tasks.${index}.prompt`, message })),
    ),
    ...findWordingFaults(set, rankOf),
  ]
}

function findNameFaults({ key, level, tasks }: TestSet, fileName: string): Fault[] {
  const pictures = tasks.flatMap((task, index) => (task.kind === 'PICTURE' ? [{ url: task.imageUrl, index }] : []))
  return [
    ...(fileName === `${key}.json` ? [] : [{ path: 'key', message: `the file is called ${fileName}` }]),
    ...(key.startsWith(`${level.toLowerCase()}-`)
      ? []
      : [{ path: 'key', message: `does not begin with its level, ${level}` }]),
    ...pictures
      .filter(({ url }) => url !== `/speaking-tests/${key}.svg`)
      .map(({ index }) => ({ path: `tasks.${index}.imageUrl`, message: `is not /speaking-tests/${key}.svg` })),
  ]
}

/** From easy to hard: questions first, opinions last. */
function findMixFaults({ tasks }: TestSet): Fault[] {
  const kinds = tasks.map((task) => task.kind)
  const counts = taskKinds.flatMap((kind) => {
    const count = kinds.filter((other) => other === kind).length
    return isWithin(count, TASK_COUNTS[kind])
      ? []
      : [`has ${count} of ${kind}, where ${toWords(TASK_COUNTS[kind])} must be`]
  })
  const isLateWarmUp = kinds.lastIndexOf('WARM_UP') > kinds.findIndex((kind) => kind !== 'WARM_UP')
  const isEarlyDiscussion = kinds.slice(kinds.indexOf('DISCUSSION')).some((kind) => kind !== 'DISCUSSION')
  return [
    ...counts,
    ...(isLateWarmUp && kinds.includes('WARM_UP') ? ['a WARM_UP comes after another kind'] : []),
    ...(isEarlyDiscussion && kinds.includes('DISCUSSION') ? ['a DISCUSSION comes before another kind'] : []),
  ].map((message) => ({ path: 'tasks', message }))
}

function findTimeFaults(set: TestSet): Fault[] {
  const total = estimateTestSeconds(set)
  const ofTasks = set.tasks.flatMap((task, index) => {
    const { prepare, speak } = TASK_TIMES[set.level][task.kind]
    return [
      ...findSpanFault(
        `tasks.${index}.prepareSeconds`,
        task.prepareSeconds,
        prepare,
        `of ${task.kind} at ${set.level}`,
      ),
      ...findSpanFault(`tasks.${index}.speakSeconds`, task.speakSeconds, speak, `of ${task.kind} at ${set.level}`),
    ]
  })
  return [...ofTasks, ...findSpanFault('tasks', total, TEST_SECONDS, 'of the whole test with reading')]
}

function findSpanFault(path: string, seconds: number, span: Span, what: string): Fault[] {
  return isWithin(seconds, span)
    ? []
    : [{ path, message: `${seconds} seconds ${what}, where ${toWords(span)} must be` }]
}

/** What each kind looks like on the page. */
function findFormFaults({ kind, prompt }: TestTask): string[] {
  const [first = '', ...points] = prompt.split('\n')
  const isAsking = first.includes('?')
  if (kind === 'LONG_TURN')
    return [
      ...(isWithin(points.length, [3, 4]) ? [] : [`has ${points.length} points, where 3 to 4 must be`]),
      ...(points.every((point) => point.startsWith('• ')) ? [] : ['a point does not begin with “• ”']),
      ...(first.endsWith(':') ? [] : ['its first line does not end with a colon']),
    ]
  return [
    ...(points.length > 0 ? ['has more than one line'] : []),
    ...(isAsking || kind === 'PICTURE' ? [] : ['asks no question']),
    ...(/[.?!]$/u.test(prompt) ? [] : ['does not end with . ? or !']),
  ]
}

function isWithin(value: number, [least, most]: Span): boolean {
  return value >= least && value <= most
}

function toWords([least, most]: Span): string {
  return least === most ? String(least) : `${least} to ${most}`
}
