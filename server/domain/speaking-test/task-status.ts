/** The kinds of tasks, and where one stands. */
export type { TaskKind } from './test-set.ts'

/** DONE: its recording is stored. SKIPPED: the test was ended without one. */
export type TaskStatus = 'TODO' | 'DONE' | 'SKIPPED'
