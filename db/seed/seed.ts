/** Fills what an installation needs before its first user. Safe to repeat. */
import { Kysely, PostgresDialect } from 'kysely'
import { createIdMaker } from '../../server/domain/ids.ts'
import { openPool } from '../open-pool.ts'
import type { Tables } from '../tables/index.ts'
import { readContentPacks, seedContentPacks } from './seed-content-packs.ts'
import { readTestSets, seedTestSets } from './seed-test-sets.ts'
import { readTopics, seedTopics } from './seed-topics.ts'

/** Topics, speaking tests and content packs. Throws on a file that is none, naming it. */
export async function seed(options: { ownerUrl: string }): Promise<void> {
  const topics = await readTopics()
  const testSets = await readTestSets()
  const packs = await readContentPacks()
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool({ url: options.ownerUrl, maxConnections: 1 }) }),
  })
  const making = { makeId: createIdMaker(() => new Date()), now: new Date() }
  try {
    await db.transaction().execute(async (tx) => {
      await seedTopics(tx, topics, making)
      await seedTestSets(tx, testSets, making)
      await seedContentPacks(tx, packs, making)
    })
  } finally {
    await db.destroy()
  }
}
