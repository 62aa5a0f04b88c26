/** Document 004, "User Entity" and "Entitlement Cache Entity", as the database itself keeps them. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { storeUser, withConnection } from './stored-rows.ts'

const checkRefuses = { code: '23514' }
const uniqueRefuses = { code: '23505' }

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})
beforeEach(() => client.query('begin'))
afterEach(() => client.query('rollback'))

const change = (userId: string, assignments: string): Promise<pg.QueryResult> =>
  client.query(`update users set ${assignments} where id = $1`, [userId])

describe('validation rules: user', () => {
  it.each([
    ['email must be valid format', `email = 'nobody'`],
    ['entitlement level must be one of the defined values', `entitlement = 'GOLD'`],
    ['what is paid must be one of the defined values', `paid_entitlement = 'GOLD'`],
    ['created_at must not be after updated_at', `updated_at = created_at - interval '1 millisecond'`],
    ['nothing is paid without a subscription', `paid_entitlement = 'PRO', stripe_subscription_id = null`],
  ])('%s', async (_rule, assignments) => {
    await expect(change(await storeUser(client), assignments)).rejects.toMatchObject(checkRefuses)
  })

  it('entitlement_level is LOCKED where none is given', async () => {
    const { rows } = await client.query(
      `insert into users (id, email, password_hash, created_at, updated_at) values ($1, 'x@example.org', 'hash', now(), now())
        returning entitlement`,
      [randomUUID()],
    )
    expect(rows).toEqual([{ entitlement: 'LOCKED' }])
  })

  it.each(['email', 'stripe_customer_id'])('%s is unique', async (column) => {
    const [one, other] = [await storeUser(client), await storeUser(client)]
    await change(one, `${column} = 'cus@example.org'`)
    await expect(change(other, `${column} = 'cus@example.org'`)).rejects.toMatchObject(uniqueRefuses)
  })
})

it('indexes: idx_users_entitlement', async () => {
  const { rows } = await client.query(`select indexdef from pg_indexes where tablename = 'users'`)
  expect(rows.map((row) => row.indexdef)).toContainEqual(expect.stringMatching(/\(entitlement\)$/))
})

describe('an event of the payment service', () => {
  it('is kept once', async () => {
    const keep = () => client.query(`insert into stripe_events values ('evt_1', 'invoice.paid', now())`)
    await keep()
    await expect(keep()).rejects.toMatchObject(uniqueRefuses)
  })
})

describe('what is on record of an account', () => {
  it('cannot be changed or deleted by the server', async () => {
    for (const statement of ['delete from account_events', `update account_events set detail = '{}'`]) {
      await client.query('savepoint before')
      await client.query(`set local role parley_system`)
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback to before')
    }
  })

  it('outlives the accounts that it names, without them; a link does not', async () => {
    const [actor, userId] = [await storeUser(client), await storeUser(client)]
    await client.query(
      `insert into account_events (id, user_id, actor_id, type, at) values ($1, $2, $3, 'ENTITLEMENT_SET', now())`,
      [randomUUID(), userId, actor],
    )
    await client.query(`insert into password_resets values ($1, repeat('a', 64), now(), now())`, [userId])
    await client.query('delete from users where id in ($1, $2)', [actor, userId])
    const { rows: events } = await client.query('select user_id, actor_id, type from account_events')
    expect(events).toEqual([{ user_id: null, actor_id: null, type: 'ENTITLEMENT_SET' }])
    expect((await client.query('select 1 from password_resets')).rows).toEqual([])
  })
})

describe('a change of entitlement', () => {
  it('rings once it is committed, and for no other change', async () => {
    const heard: string[] = []
    await withConnection(database.adminUrl, async (listener) => {
      listener.on('notification', ({ payload = '' }) => heard.push(payload))
      await listener.query('listen parley_bells')
      const userId = await withConnection(database.adminUrl, async (writer) => {
        const id = await storeUser(writer)
        await writer.query(`update users set captions = false, entitlement = 'BASIC' where id = $1`, [id])
        await writer.query('begin')
        await writer.query(`update users set entitlement = 'PRO' where id = $1`, [id])
        await listener.query('select')
        expect(heard).toEqual([])
        await writer.query('commit')
        return id
      })
      await listener.query('select')
      expect(heard.map((payload) => JSON.parse(payload))).toEqual([
        { node: 'database', bells: [{ topic: 'entitlement', key: userId }] },
      ])
    })
  })
})
