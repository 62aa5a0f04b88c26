/** The topics that the partner knows. */
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { type Transaction, sql } from 'kysely'
import { z } from 'zod'
import { cefrLevels } from '../../server/domain/cefr-level.ts'
import type { IdMaker, TopicId } from '../../server/domain/ids.ts'
import type { Tables } from '../tables/index.ts'

const folder = path.join(import.meta.dirname, '../../server/partner/topics')

const topicFile = z.object({
  key: z.string().min(1),
  title: z.string().min(1).max(200),
  level: z.enum(cefrLevels),
  promptHint: z.string().max(500),
})

/** Inserts new topics, updates changed ones, retires those whose file is gone. */
export async function seedTopics(
  tx: Transaction<Tables>,
  topics: readonly z.infer<typeof topicFile>[],
  { makeId, now }: { makeId: IdMaker; now: Date },
): Promise<void> {
  await sql`lock table topics in share row exclusive mode`.execute(tx)
  for (const topic of topics) {
    const row = { title: topic.title, difficulty: topic.level, prompt_hint: topic.promptHint, retired_at: null }
    await tx
      .insertInto('topics')
      .values({ id: makeId<TopicId>(), key: topic.key, ...row, created_at: now, updated_at: now })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({ ...row, updated_at: now })
          .where(sql<boolean>`(topics.title, topics.difficulty, topics.prompt_hint, topics.retired_at)
            is distinct from (excluded.title, excluded.difficulty, excluded.prompt_hint, null)`),
      )
      .execute()
  }
  await tx
    .updateTable('topics')
    .set({ retired_at: now })
    .where(
      'key',
      'not in',
      topics.map(({ key }) => key),
    )
    .where('retired_at', 'is', null)
    .execute()
}

/** Throws on a file that is not a topic, naming it. */
export async function readTopics(): Promise<z.infer<typeof topicFile>[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const parsed = topicFile.safeParse(JSON.parse(await fs.readFile(path.join(folder, name), 'utf8')))
      if (!parsed.success) throw new Error(`${name} is not a topic: ${z.prettifyError(parsed.error)}`)
      return parsed.data
    }),
  )
}
