import { sql } from 'kysely'
import type { SessionId, TestSetId, TestTaskId, UserId } from '../../server/domain/ids.ts'
import type { TaskKind, TaskStatus } from '../../server/domain/speaking-test/task-status.ts'
import type { TestLevel, TestSet } from '../../server/domain/speaking-test/test-set.ts'
import type { Tx } from '../client.ts'

export interface TestTaskRecord {
  id: TestTaskId
  sessionId: SessionId
  /** From 1. */
  index: number
  kind: TaskKind
  prompt: string
  imageUrl: string | null
  imageAlt: string | null
  prepareSeconds: number
  speakSeconds: number
  status: TaskStatus
}

export interface TestSetRecord {
  id: TestSetId
  key: string
  title: string
  version: number
  tasks: TestSet['tasks']
}

const columns = [
  'id',
  'session_id as sessionId',
  'index',
  'kind',
  'prompt',
  'image_url as imageUrl',
  'image_alt as imageAlt',
  'prepare_seconds as prepareSeconds',
  'speak_seconds as speakSeconds',
  'status',
] as const

/** A set of this level that the viewer has not had, any of them; else the one whose last time is longest ago. Null: none is offered. */
export async function findNextTestSet(tx: Tx, userId: UserId, level: TestLevel): Promise<TestSetRecord | null> {
  const row = await tx
    .selectFrom('test_sets as t')
    .select(['t.id', 't.key', 't.title', 't.version', sql<TestSet['tasks']>`t.tasks`.as('tasks')])
    .where('t.level', '=', level)
    .where('t.retired_at', 'is', null)
    .orderBy(
      sql`(select max(s.started_at) from sessions s where s.test_set_id = t.id and s.user_id = ${userId}) asc nulls first`,
    )
    .orderBy(sql`random()`)
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Gives a test its tasks, in the order given. */
export async function insertTestTasks(
  tx: Tx,
  owner: { sessionId: SessionId; userId: UserId },
  tasks: readonly { id: TestTaskId; task: TestSet['tasks'][number] }[],
): Promise<void> {
  await tx
    .insertInto('test_tasks')
    .values(
      tasks.map(({ id, task }, index) => ({
        id,
        session_id: owner.sessionId,
        user_id: owner.userId,
        index: index + 1,
        kind: task.kind,
        prompt: task.prompt,
        image_url: task.kind === 'PICTURE' ? task.imageUrl : null,
        image_alt: task.kind === 'PICTURE' ? task.imageAlt : null,
        prepare_seconds: task.prepareSeconds,
        speak_seconds: task.speakSeconds,
        status: 'TODO' as const,
      })),
    )
    .execute()
}

/** In their order. */
export async function listTestTasks(tx: Tx, sessionId: SessionId): Promise<TestTaskRecord[]> {
  return listTestTasksOf(tx, [sessionId])
}

/** Of any of these sessions, each one's in their order. */
export async function listTestTasksOf(tx: Tx, sessionIds: readonly SessionId[]): Promise<TestTaskRecord[]> {
  return tx.selectFrom('test_tasks').select(columns).where('session_id', 'in', sessionIds).orderBy('index').execute()
}

/** Null for what does not exist and for what is not the viewer's. */
export async function findTestTask(tx: Tx, id: TestTaskId): Promise<TestTaskRecord | null> {
  return (await tx.selectFrom('test_tasks').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Notes that a task's recording is stored. */
export async function updateTaskDone(tx: Tx, id: TestTaskId): Promise<void> {
  await tx.updateTable('test_tasks').set({ status: 'DONE' }).where('id', '=', id).execute()
}

/** What a test that ends has not got stays without. */
export async function updateTasksSkipped(tx: Tx, sessionId: SessionId): Promise<void> {
  await tx
    .updateTable('test_tasks')
    .set({ status: 'SKIPPED' })
    .where('session_id', '=', sessionId)
    .where('status', '=', 'TODO')
    .execute()
}
