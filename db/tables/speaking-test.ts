import type { JSONColumnType } from 'kysely'
import type { SessionId, TestSetId, TestTaskId, UserId } from '../../server/domain/ids.ts'
import type { TaskKind, TaskStatus } from '../../server/domain/speaking-test/task-status.ts'
import type { TestLevel, TestSet } from '../../server/domain/speaking-test/test-set.ts'

export interface TestSetsTable {
  id: TestSetId
  /** The name of its file. */
  key: string
  level: TestLevel
  title: string
  version: number
  tasks: JSONColumnType<TestSet['tasks']>
  /** Set when a set is no longer offered; tests that were made of it keep their tasks. */
  retired_at: Date | null
  created_at: Date
  updated_at: Date
}

/** A task of one test, worded as when the test was started. */
export interface TestTasksTable {
  id: TestTaskId
  session_id: SessionId
  user_id: UserId
  /** From 1. */
  index: number
  kind: TaskKind
  prompt: string
  image_url: string | null
  image_alt: string | null
  prepare_seconds: number
  speak_seconds: number
  status: TaskStatus
}
