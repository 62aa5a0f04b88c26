/** The sets of tasks for speaking tests. */
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { type Transaction, sql } from 'kysely'
import { z } from 'zod'
import type { IdMaker, TestSetId } from '../../server/domain/ids.ts'
import { type TestSet, testSetSchema } from '../../server/domain/speaking-test/test-set.ts'
import type { Tables } from '../tables/index.ts'

const folder = path.join(import.meta.dirname, 'speaking-tests')

/** Inserts new sets, updates changed ones, retires those whose file is gone. Tests that were started keep their own tasks. */
export async function seedTestSets(
  tx: Transaction<Tables>,
  sets: readonly TestSet[],
  { makeId, now }: { makeId: IdMaker; now: Date },
): Promise<void> {
  await sql`lock table test_sets in share row exclusive mode`.execute(tx)
  for (const { key, level, title, version, tasks } of sets) {
    const row = { level, title, version, tasks: JSON.stringify(tasks), retired_at: null }
    await tx
      .insertInto('test_sets')
      .values({ id: makeId<TestSetId>(), key, ...row, created_at: now, updated_at: now })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({ ...row, updated_at: now })
          .where(sql<boolean>`(test_sets.level, test_sets.title, test_sets.version, test_sets.tasks, test_sets.retired_at)
            is distinct from (excluded.level, excluded.title, excluded.version, excluded.tasks, null)`),
      )
      .execute()
  }
  await tx
    .updateTable('test_sets')
    .set({ retired_at: now })
    .where(
      'key',
      'not in',
      sets.map(({ key }) => key),
    )
    .where('retired_at', 'is', null)
    .execute()
}

/** Throws on a file that is not a set of tasks, naming it. */
export async function readTestSets(): Promise<TestSet[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const parsed = testSetSchema.safeParse(JSON.parse(await fs.readFile(path.join(folder, name), 'utf8')))
      if (!parsed.success) throw new Error(`${name} is no speaking test: ${z.prettifyError(parsed.error)}`)
      return parsed.data
    }),
  )
}
