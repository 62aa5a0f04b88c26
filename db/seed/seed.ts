/** Fills what an installation needs before its first user: the topics that the partner knows. Safe to repeat. */
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { z } from 'zod'
import { cefrLevels } from '../../server/domain/cefr-level.ts'
import { createIdMaker, type TopicId } from '../../server/domain/ids.ts'
import { openPool } from '../open-pool.ts'
import type { Tables } from '../tables/index.ts'

const topicFolder = path.join(import.meta.dirname, '../../server/partner/topics')

const topicFile = z.object({
  key: z.string().min(1),
  title: z.string().min(1).max(200),
  level: z.enum(cefrLevels),
  promptHint: z.string().max(500),
})

/** Inserts new topics, updates changed ones, retires those whose file is gone. Throws on a file that is not a topic, naming it. */
export async function seed(options: { ownerUrl: string }): Promise<void> {
  const topics = await readTopics()
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool({ url: options.ownerUrl, maxConnections: 1 }) }),
  })
  const makeId = createIdMaker(() => new Date())
  try {
    await db.transaction().execute(async (tx) => {
      const now = new Date()
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
      const keys = topics.map((topic) => topic.key)
      await tx
        .updateTable('topics')
        .set({ retired_at: now })
        .where('key', 'not in', keys)
        .where('retired_at', 'is', null)
        .execute()
    })
  } finally {
    await db.destroy()
  }
}

async function readTopics(): Promise<z.infer<typeof topicFile>[]> {
  const names = (await fs.readdir(topicFolder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const parsed = topicFile.safeParse(JSON.parse(await fs.readFile(path.join(topicFolder, name), 'utf8')))
      if (!parsed.success) throw new Error(`${name} is not a topic: ${z.prettifyError(parsed.error)}`)
      return parsed.data
    }),
  )
}
