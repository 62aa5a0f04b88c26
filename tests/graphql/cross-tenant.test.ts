/**
 * Everything that can be read, asked for by everyone whose it is not. The documents are made from the printed schema: they hold each
 * field that can be asked for, a new one as soon as it is there, and what it needs to be asked for has to be told here.
 */
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlClient } from '../support/graphql-client.ts'
import { bareId, endedSessionId } from './a-session.ts'
import { openOwnersWorld, type OwnersWorld, secretWords } from './an-owner.ts'
import { printedSchema } from './mutations.ts'
import { listUnaskedFields, selectField, wholeSelection } from './whole-selection.ts'

/** The documents are larger than what anybody may ask for. */
const wide = {
  GRAPHQL_MAX_TOKENS: '100000',
  GRAPHQL_MAX_DEPTH: '100',
  GRAPHQL_MAX_ALIASES: '1000',
  GRAPHQL_MAX_FIELDS: '100000',
  GRAPHQL_MAX_COST: '10000000',
}

let world: OwnersWorld
/** What stands in nobody else's answers: the owner's ids without their types, his address, his words. */
let marks: string[]
beforeAll(async () => {
  world = await openOwnersWorld(wide)
  const { viewer } = await world.owner.ask('{ viewer { email } }')
  marks = [secretWords, viewer.email, ...Object.values(world.ids).map((id) => id.split('_')[1] ?? id)]
})
afterAll(() => world.installation.close())

/** Fields at the top of the schema that ask for more than an id: with what they are asked. */
const asked: Record<string, string> = {
  publishedSession: `publishedSession(slug: "nothing")`,
}
/** By id: below, for each type. */
const byId = ['node', 'session']

const queryFields = Object.values(printedSchema.getQueryType()?.getFields() ?? {})
const documents = queryFields
  .filter(({ name }) => !byId.includes(name))
  .map((field) => {
    const told = asked[field.name]
    const selection = told ? `${told}${wholeSelection(field.type)}` : selectField(field)
    return { name: field.name, document: `{ ${selection} }` }
  })

const nodeTypes = printedSchema
  .getImplementations(printedSchema.getTypeMap()['Node'] as never)
  .objects.filter(({ name }) => name !== 'Topic')

const marksIn = (answer: unknown): string[] => marks.filter((mark) => JSON.stringify(answer).includes(mark))

async function answerTo(client: GraphqlClient, document: string, id?: string): Promise<unknown> {
  const { data, errors } = await client.send(document, id === undefined ? {} : { id })
  // A document that is refused as such shows nothing of what is behind it.
  for (const { extensions } of errors ?? []) expect(extensions.code).toMatch(/^(UNAUTHENTICATED|FORBIDDEN)$/)
  return { data, errors }
}

describe.each(documents)('Query.$name', ({ document }) => {
  it('shows nobody what is the owner’s', async () => {
    expect(document, 'a field that needs an argument has to be told how it is asked').not.toBe('{  }')
    for (const [who, client] of Object.entries(world.others))
      expect(marksIn(await answerTo(client, document)), who).toEqual([])
  })
})

it('what belongs to the owner is in the owner’s answers: the documents reach it', async () => {
  const seen = new Set<string>()
  for (const { document } of documents)
    for (const mark of marksIn(await answerTo(world.owner, document))) seen.add(mark)
  const reached = ['Viewer', 'User', 'Conversation', 'SpeakingTest', 'Drill', 'Transcript', 'Recording', 'ContentPack']
  for (const type of reached) expect([...seen], type).toContain(world.ids[type]?.split('_')[1])
  expect([...seen]).toContain(secretWords)
})

describe.each(nodeTypes.map((type) => ({ type, name: type.name })))('a $name', ({ type }) => {
  const document = `query ($id: ID!) { node(id: $id) { ... on ${type.name} ${wholeSelection(type)} } }`

  it('is whole for its owner, and nothing for everybody else', async () => {
    const id = world.ids[type.name] ?? 'no case for this type'
    expect(marksIn(await answerTo(world.owner, document, id))).toContain(id.split('_')[1])
    for (const [who, client] of Object.entries(world.others)) {
      const answer = (await answerTo(client, document, id)) as { data: { node: unknown } | null }
      expect([answer.data?.node ?? null, marksIn(answer)], who).toEqual([null, []])
    }
  })
})

describe('Query.session', () => {
  const session = printedSchema.getQueryType()?.getFields()['session']
  const document = `query ($id: ID!) { session(id: $id)${session ? wholeSelection(session.type) : ''} }`

  it.each(['Conversation', 'SpeakingTest', 'Drill'])('of a %s is for its owner alone', async (kind) => {
    const id = world.ids[kind] ?? ''
    expect(marksIn(await answerTo(world.owner, document, id))).toContain(id.split('_')[1])
    for (const [who, client] of Object.entries(world.others)) {
      const answer = (await answerTo(client, document, id)) as { data: { session: unknown } | null }
      expect([answer.data?.session ?? null, marksIn(answer)], who).toEqual([null, []])
    }
  })
})

it('no field below the top needs an argument that nobody told: a new one has to be asked for here', () => {
  expect(listUnaskedFields()).toEqual([])
  const other = buildSchema(
    'type Query { thing(id: ID!): Thing } type Thing { of(day: String!, part: Int = 1): Int is: Int }',
  )
  expect(listUnaskedFields(other)).toEqual(['Thing.of'])
})

it('whoever follows a history is told of no other', async () => {
  const field = printedSchema.getSubscriptionType()?.getFields()['historyUpdated']
  const query = `subscription { historyUpdated${field ? wholeSelection(field.type) : ''} }`
  const toldOfOwn: string[] = []
  for (const [who, client] of Object.entries(world.others)) {
    const { own, owners, told } = await follow(client, query)
    expect(marksIn(told), who).toEqual([])
    expect(told, who).not.toContain(bareId(owners))
    if (told.includes(own)) toldOfOwn.push(who)
    else expect(told, who).toContain('UNAUTHENTICATED')
  }
  expect(toldOfOwn).toEqual(['another account', 'a program of another account'])
})

/** All that is told, as JSON: first, then after the owner and the other account have held a session; or what is said instead. */
async function follow(client: GraphqlClient, query: string): Promise<{ own: string; owners: string; told: string }> {
  const socket = client.openSocket()
  const events = socket.iterate({ query })
  const told: unknown[] = []
  try {
    told.push(await events.next())
  } catch (refusal) {
    told.push(refusal)
  }
  const owners = await endedSessionId(world.owner)
  const own = await endedSessionId(world.stranger)
  told.push(await events.next().catch((refusal: unknown) => refusal))
  await socket.dispose()
  return { own, owners, told: JSON.stringify(told) }
}

it('every subscription has a case: by id in others-data.test.ts, or here', () => {
  expect(Object.keys(printedSchema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual([
    'historyUpdated',
    'sessionUpdated',
    'transcriptSegments',
  ])
})
