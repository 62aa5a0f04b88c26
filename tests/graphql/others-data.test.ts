/** Whatever belongs to another account answers exactly as if it did not exist, by every way an id can be given. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlClient } from '../support/graphql-client.ts'
import { idOfNothing, lookUp } from './a-session.ts'
import { idPlaces, publicPlaces } from './id-places.ts'
import { listIdPlaces } from './list-id-places.ts'
import { printedSchema } from './mutations.ts'
import { openOwnersWorld, type OwnersWorld, secretWords } from './an-owner.ts'

let world: OwnersWorld
beforeAll(async () => {
  world = await openOwnersWorld()
})
afterAll(() => world.installation.close())

/** Of the owner's. */
const idOf = (type: string): string => world.ids[type] ?? 'no case for this type'

describe.each(Object.entries(idPlaces))('%s', (_place, { type, ask }) => {
  it("does not tell another account's apart from none at all, and changes nothing", async () => {
    const before = await everything()
    for (const [who, client] of Object.entries(world.others)) {
      const [ofAnother, ofNobody] = [
        await ask(client, idOf(type), world.own),
        await ask(client, idOfNothing(idOf(type)), world.own),
      ]
      expect(comparable(ofAnother, idOf(type)), who).toEqual(comparable(ofNobody, ''))
      expect(JSON.stringify(ofAnother)).not.toContain(secretWords)
    }
    expect(await everything()).toEqual(before)
  })
})

const nodeTypes = printedSchema
  .getImplementations(printedSchema.getTypeMap()['Node'] as never)
  .objects.map((type) => type.name)

describe.each(nodeTypes.filter((type) => type !== 'Topic'))('Query.node of a %s', (type) => {
  const document = `query ($id: ID!) { node(id: $id) { __typename id } }`

  it('is there for its owner, and not told apart from none at all by anyone else', async () => {
    const id = idOf(type)
    expect((await world.owner.ask(document, { id })).node).toEqual({ __typename: type, id })
    for (const client of [world.stranger, world.others['nobody'] as GraphqlClient]) {
      const [ofAnother, ofNobody] = [
        await client.send(document, { id }),
        await client.send(document, { id: idOfNothing(id) }),
      ]
      expect(comparable(ofAnother, '')).toEqual(comparable(ofNobody, ''))
      expect([ofAnother.data, ofAnother.errors]).toEqual([{ node: null }, undefined])
    }
  })
})

it.each([
  '',
  'nonsense',
  '1',
  `Unknown_${randomUUID()}`,
  `Preferences_${randomUUID()}`,
  `Session_${randomUUID()}`,
  `Query_${randomUUID()}`,
  'Conversation_',
  `Conversation_${'0'.repeat(36)}`,
  `Conversation_${randomUUID().toUpperCase()}`,
  Buffer.from(`Conversation:${randomUUID()}`).toString('base64'),
])('the id %j names nothing, whatever it is asked for', async (id) => {
  const { data, errors } = await world.owner.send(`query ($id: ID!) { node(id: $id) { id } session(id: $id) { id } }`, {
    id,
  })
  expect([data, errors]).toEqual([{ node: null, session: null }, undefined])
  for (const place of Object.keys(idPlaces).filter((name) => name.startsWith('Mutation'))) {
    const answer = (await idPlaces[place]?.ask(world.owner, id, world.own)) as {
      data: Record<string, { __typename: string }>
      errors: unknown
    }
    expect([Object.values(answer.data ?? {})[0]?.__typename, answer.errors]).toEqual(['NotFoundFault', undefined])
  }
})

it('a type name does not open what has another type', async () => {
  const id = `Recording_${idOf('Conversation').split('_')[1]}`
  expect(
    (await world.owner.ask(`query ($id: ID!) { session(id: $id) { id } node(id: $id) { id } }`, { id })) as unknown,
  ).toEqual({ session: null, node: null })
})

it('every place for an id in the printed schema has a case', () => {
  expect(listIdPlaces().sort()).toEqual([...Object.keys(idPlaces), ...Object.keys(publicPlaces)].sort())
})

/** The answer without what differs between any two requests. */
function comparable(answer: unknown, id: string): string {
  const { headers: _headers, ...rest } = answer as { headers?: Headers }
  const text = JSON.stringify(rest)
  if (id !== '') expect(text).not.toContain(id)
  return text
}

/** All that is stored of sessions, to see that nothing changed. */
async function everything(): Promise<unknown> {
  const tables = [
    'drill_responses',
    'sessions',
    'transcripts',
    'segments',
    'recordings',
    'client_secrets',
    'session_events',
    'users',
    'password_resets',
    'account_events',
    'content_packs',
    'content_pack_events',
    'access_tokens',
    'deletions',
    'publications',
    'data_exports',
  ]
  // When a token was last used is noted whenever one is.
  const read = (table: string) => `select to_jsonb(t) - 'last_used_at' as row from ${table} t order by t::text`
  return Promise.all(tables.map((table) => lookUp(world.installation, read(table))))
}
