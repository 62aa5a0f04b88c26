/** What the database itself lets each role do with content packs, their questions and their log: raw SQL, past every service. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConnection, storeUser } from '../db/stored-rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventRow, insert, packRow, questionRow, storePack } from './pack-rows.ts'

const permissionDenied = { code: '42501' }
const byPolicy = { ...permissionDenied, message: expect.stringContaining('row-level security') }
const byGrant = { ...permissionDenied, message: expect.stringContaining('permission denied') }

const tables = ['content_packs', 'questions', 'content_pack_events']

let database: TestDatabase
let login: pg.Client
/** Ids of accounts, by their plan; `other` has PRO too. */
let users: Record<'LOCKED' | 'BASIC' | 'PRO' | 'other', string>
/** Ids of packs: PRO's own in every state, and a draft of `other`. */
let packs: Record<'draft' | 'active' | 'archived' | 'unused' | 'foreign', string>

beforeAll(async () => {
  database = await createTestDatabase()
  await withConnection(database.adminUrl, async (client) => {
    const withPlan = async (plan: string): Promise<string> => {
      const id = await storeUser(client)
      await client.query('update users set entitlement = $2 where id = $1', [id, plan])
      return id
    }
    await client.query(`update content_packs set status = 'ARCHIVED' where status = 'ACTIVE'`)
    await client.query('delete from content_packs')
    users = {
      LOCKED: await withPlan('LOCKED'),
      BASIC: await withPlan('BASIC'),
      PRO: await withPlan('PRO'),
      other: await withPlan('PRO'),
    }
    packs = {
      draft: await storePack(client, users.PRO, 'DRAFT', false),
      active: await storePack(client, users.PRO, 'ACTIVE', true),
      archived: await storePack(client, users.PRO, 'ARCHIVED', true),
      unused: await storePack(client, users.PRO, 'ARCHIVED', false),
      foreign: await storePack(client, users.other, 'DRAFT', false),
    }
  })
  login = new pg.Client({ connectionString: database.appUrl })
  await login.connect()
})
afterAll(async () => {
  await login.end()
  await database.drop()
})

/** Runs statements as the server does, in one transaction that is taken back. */
async function as<T>(role: string, userId: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  await login.query('begin')
  try {
    await login.query(`select set_config('role', $1, true), set_config('parley.user_id', $2, true)`, [role, userId])
    return await work(login)
  } finally {
    await login.query('rollback')
  }
}

const asLearner = <T>(userId: string, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  as('parley_app', userId, work)

async function visiblePacks(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query('select id from content_packs')
  return Object.entries(packs)
    .filter(([, id]) => rows.some((row) => row.id === id))
    .map(([name]) => name)
}

describe('reading', () => {
  it.each([
    ['LOCKED', ['active', 'archived']],
    ['BASIC', ['active', 'archived']],
    ['PRO', ['draft', 'active', 'archived', 'unused']],
    ['other', ['active', 'archived', 'foreign']],
  ] as const)('%s sees what is or was active, and what is their own, with the questions', async (who, expected) => {
    const [seen, questions] = await asLearner(users[who], async (client) => [
      await visiblePacks(client),
      (await client.query('select pack_id from questions')).rows.map((row) => row.pack_id),
    ])
    expect(seen).toEqual(expected)
    expect(questions.toSorted()).toEqual(expected.map((name) => packs[name]).toSorted())
  })

  it('without a viewer there is nothing', async () => {
    const counts = await asLearner('', async (client) => [
      (await client.query('select from content_packs')).rowCount,
      (await client.query('select from questions')).rowCount,
    ])
    expect(counts).toEqual([0, 0])
  })

  it.each(tables)('the login by itself and the public may not touch %s', async (table) => {
    await expect(login.query(`select from ${table}`)).rejects.toMatchObject(byGrant)
    const asPublic = as('parley_public', users.PRO, (client) => client.query(`select from ${table}`))
    await expect(asPublic).rejects.toMatchObject(byGrant)
  })

  it('the log is not for learners', async () => {
    const read = asLearner(users.PRO, (client) => client.query('select from content_pack_events'))
    await expect(read).rejects.toMatchObject(byGrant)
  })
})

describe('bringing in', () => {
  it('a draft of one’s own, its questions and its line in the log takes PRO', async () => {
    await asLearner(users.PRO, async (client) => {
      const id = await insert(client, 'content_packs', packRow(users.PRO))
      await insert(client, 'questions', questionRow(id))
      await insert(client, 'content_pack_events', eventRow(id, users.PRO))
    })
  })

  it.each(['LOCKED', 'BASIC'] as const)('is refused to %s', async (plan) => {
    const bring = asLearner(users[plan], (client) => insert(client, 'content_packs', packRow(users[plan])))
    await expect(bring).rejects.toMatchObject(byPolicy)
  })

  it.each([
    ['in another’s name', () => packRow(users.other)],
    ['in nobody’s name', () => packRow(null)],
    ['as the active pack', () => packRow(users.PRO, { status: 'ACTIVE', activated_at: new Date() })],
    ['as one that was active', () => packRow(users.PRO, { status: 'ARCHIVED', activated_at: new Date() })],
  ])('is refused %s', async (_what, row) => {
    const bring = asLearner(users.PRO, (client) => insert(client, 'content_packs', row()))
    await expect(bring).rejects.toMatchObject(byPolicy)
  })

  it.each(['active', 'archived', 'unused', 'foreign'] as const)(
    'questions is refused for a pack that is %s',
    async (name) => {
      const bring = asLearner(users.PRO, (client) => insert(client, 'questions', questionRow(packs[name])))
      await expect(bring).rejects.toMatchObject(byPolicy)
    },
  )

  it('lines in the log is refused in another’s name, and about another’s pack', async () => {
    for (const row of [eventRow(packs.draft, users.other), eventRow(packs.foreign, users.PRO)]) {
      const bring = asLearner(users.PRO, (client) => insert(client, 'content_pack_events', row))
      await expect(bring).rejects.toMatchObject(byPolicy)
    }
  })
})

describe('changing', () => {
  const setStatus = (userId: string, name: keyof typeof packs, status: string) =>
    asLearner(userId, async (client) => {
      const change = 'update content_packs set status = $2, updated_at = now() where id = $1'
      return (await client.query(change, [packs[name], status])).rowCount
    })

  it('puts away a draft of one’s own, and touches no other pack', async () => {
    expect(await setStatus(users.PRO, 'draft', 'ARCHIVED')).toBe(1)
    for (const name of ['active', 'archived', 'unused', 'foreign'] as const)
      expect(await setStatus(users.PRO, name, 'ARCHIVED')).toBe(0)
  })

  it('activates nothing', async () => {
    await expect(setStatus(users.PRO, 'draft', 'ACTIVE')).rejects.toMatchObject(byPolicy)
  })

  it('takes PRO still', async () => {
    await withConnection(database.adminUrl, async (client) => {
      await client.query(`update users set entitlement = 'BASIC' where id = $1`, [users.other])
      const bring = await setStatus(users.other, 'foreign', 'ARCHIVED')
      await client.query(`update users set entitlement = 'PRO' where id = $1`, [users.other])
      expect(bring).toBe(0)
    })
  })

  it.each(['version', 'name', 'content', 'uploaded_by', 'checksum', 'file_size', 'activated_at', 'created_at', 'id'])(
    'leaves %s of one’s own draft as it is',
    async (column) => {
      const change = asLearner(users.PRO, (client) => client.query(`update content_packs set ${column} = default`))
      await expect(change).rejects.toMatchObject(byGrant)
    },
  )

  it.each(['parley_app', 'parley_system'])('%s changes no question and no line of the log', async (role) => {
    for (const change of [`update questions set prompt = 'x'`, `update content_pack_events set type = 'ARCHIVED'`])
      await expect(as(role, users.PRO, (client) => client.query(change))).rejects.toMatchObject(byGrant)
  })

  it('the system itself changes no content', async () => {
    const change = as('parley_system', '', (client) => client.query(`update content_packs set content = '{}'`))
    await expect(change).rejects.toMatchObject(byGrant)
  })
})

describe('deleting', () => {
  it.each(tables.flatMap((table) => ['parley_app', 'parley_system', 'parley_public'].map((role) => [role, table])))(
    '%s deletes nothing of %s',
    async (role, table) => {
      const remove = as(role, users.PRO, (client) => client.query(`delete from ${table}`))
      await expect(remove).rejects.toMatchObject(byGrant)
    },
  )
})
