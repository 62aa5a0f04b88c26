/** Limits of documents: what is beyond them is refused before anything is looked up, and the web app's own stay well below. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type DocumentNode,
  getIntrospectionQuery,
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  Kind,
  Lexer,
  type NamedTypeNode,
  parse,
  print,
  separateOperations,
  Source,
  specifiedRules,
  TokenKind,
  typeFromAST,
  validate,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCostFault } from '../../schema/document-cost.ts'
import { schema } from '../../schema/index.ts'
import { parseConfig } from '../../server/config.ts'
import { documentRules } from '../../server/http/document-rules.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

const limits = parseConfig({}).api.documents
const folder = 'client/operations'
const ownDocument = parse(
  readdirSync(folder)
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n'),
)

function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text))
  let count = 0
  while (lexer.advance().kind !== TokenKind.EOF) count += 1
  return count
}

/** Good values for every variable, pages as long as they may be. */
function fullVariables(document: DocumentNode): Record<string, unknown> {
  const [operation] = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  return Object.fromEntries(
    (operation?.variableDefinitions ?? []).map(({ variable, type }) => {
      const given = typeFromAST(schema, type as NamedTypeNode)
      if (!given || !isInputType(given)) throw new Error(`no type of input: ${print(type)}`)
      return [variable.name.value, toValue(given)]
    }),
  )
}

const uuid = '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e'
const scalars: Record<string, unknown> = {
  Int: 100,
  Float: 1,
  Boolean: true,
  UUID: uuid,
  DateTime: '2026-01-31T09:30:00Z',
}

function toValue(type: GraphQLInputType): unknown {
  const inner = getNullableType(type)
  if (isListType(inner)) return [toValue(inner.ofType)]
  if (isEnumType(inner)) return inner.getValues()[0]?.name
  if (!isInputObjectType(inner)) return scalars[String(inner)] ?? 'x'
  const fields = Object.values(inner.getFields()).slice(0, inner.isOneOf ? 1 : undefined)
  return Object.fromEntries(fields.map((field) => [field.name, toValue(field.type)]))
}

describe.each(Object.entries(separateOperations(ownDocument)))('the web app’s %s', (name, document) => {
  const room = {
    ...limits,
    maxDepth: limits.maxDepth * 0.75,
    maxAliases: limits.maxAliases / 2,
    maxDirectives: limits.maxDirectives / 2,
    maxFields: limits.maxFields / 2,
    maxCost: limits.maxCost / 2,
  }

  it('stays well below every limit', () => {
    expect(countTokens(print(document))).toBeLessThan(limits.maxTokens / 2)
    expect(validate(schema, document, [...specifiedRules, ...documentRules(room)])).toEqual([])
    const asked = { schema, document, operationName: name, variables: fullVariables(document) }
    expect(findCostFault(asked, room)?.message).toBeUndefined()
    // Not because nothing was reckoned.
    expect(findCostFault(asked, { maxFields: 0, maxCost: 0 })?.message).toContain('at once')
  })
})

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

function nested(depth: number): string {
  return `${'... on Conversation { previousAttempt { '.repeat(depth)} id ${'} }'.repeat(depth)}`
}

/** By what is too much in it: a selection of a session, and what is said of it. */
const tooMuch: [what: string, selection: string, words: RegExp][] = [
  ['depth', nested(limits.maxDepth), /depth limit/],
  ['aliases', times(limits.maxAliases + 1, (index) => `a${index}: id`), /Aliases limit/],
  ['directives', times(limits.maxDirectives + 1, () => 'id @include(if: true)'), /Directives limit/],
  ['tokens', times(limits.maxTokens, () => 'id'), /tokens/],
  ['fields', times(limits.maxFields + 1, () => 'id'), /may ask for 500/],
]

describe.each(tooMuch)('too much of %s', (_what, selection, words) => {
  it('is refused over HTTP before anything is looked up', async () => {
    const { status, data, errors } = await client.send(`query ($id: ID!) { session(id: $id) { ${selection} } }`, {
      id: 'x',
    })
    expect([status, data]).toEqual([400, undefined])
    expect(errors?.[0]?.message).toMatch(words)
  })

  it('is refused over a WebSocket, which stays open', async () => {
    const socket = client.openSocket()
    const query = `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { ${selection} } }`
    const refused = socket.iterate({ query, variables: { id: 'x' } }).next()
    await expect(refused).rejects.toMatchObject([{ message: expect.stringMatching(words) }])
    const next = await socket.iterate({ query: 'subscription { historyUpdated { kind } }' }).next()
    expect(next.value).toEqual({ data: { historyUpdated: { kind: 'READY' } } })
    await socket.dispose()
  })
})

describe('cost', () => {
  const pages = `query ($first: Int!) { viewer { history(first: $first) { edges { node {
    events(first: $first) { edges { node { id type at } } } } } } } }`

  it('counts lists with the length that is asked for', async () => {
    expect((await client.send(pages, { first: 20 })).errors).toBeUndefined()
    const { status, data, errors } = await client.send(pages, { first: 100 })
    expect([status, data]).toEqual([400, undefined])
    expect(errors).toMatchObject([
      { message: expect.stringContaining('may look up 20000'), extensions: { code: 'LIMIT_EXCEEDED' } },
    ])
  })

  it('is not what the same document cost without a number that is null now', async () => {
    const optional = `query ($first: Int = 1) { viewer { history(first: $first) { edges { node {
      events(first: $first) { edges { node { ${times(60, () => 'id')} } } } } } } } }`
    expect((await client.send(optional)).errors).toBeUndefined()
    expect((await client.send(optional, { first: null })).errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED' } },
    ])
  })

  it('leaves a page that is too long to the words of its field', async () => {
    const { errors } = await client.send(`{ topics(first: 101) { edges { cursor } } }`)
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  })
})

describe('introspection', () => {
  it('is answered, the whole of it', async () => {
    const { status, data } = await client.send(getIntrospectionQuery())
    expect([status, data.__schema.types.length > 50]).toEqual([200, true])
  })

  it('that runs in circles is not', async () => {
    const circle = `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} }'.repeat(6)} } } }`
    expect((await client.send(circle)).status).toBe(400)
  })

  it('is refused where the installation says so, on both surfaces, and no name is suggested', async () => {
    const closed = await startTestInstallation({ env: { GRAPHQL_INTROSPECTION: 'false' } })
    try {
      const visitor = await signUpClient(closed.url)
      for (const query of [getIntrospectionQuery(), '{ __type(name: "Viewer") { name } }', '{ viewr { id } }']) {
        const { status, errors } = await visitor.send(query)
        expect(status).toBe(400)
        expect(JSON.stringify(errors)).not.toContain('Did you mean')
      }
      const socket = visitor.openSocket()
      const followed = socket.iterate({ query: 'subscription { historyUpdatd { kind } }' }).next()
      const refusals: unknown = await followed.catch((errors: unknown) => errors)
      await socket.dispose()
      expect(refusals).toMatchObject([{ message: expect.stringMatching(/^Cannot query field "historyUpdatd"/) }])
      expect(JSON.stringify(refusals)).not.toContain('Did you mean')
    } finally {
      await closed.close()
    }
  })
})

describe('a setting', () => {
  it.each([
    ['GRAPHQL_MAX_DEPTH', 'maxDepth', 30],
    ['GRAPHQL_MAX_TOKENS', 'maxTokens', 5_000],
    ['GRAPHQL_MAX_ALIASES', 'maxAliases', 7],
    ['GRAPHQL_MAX_DIRECTIVES', 'maxDirectives', 7],
    ['GRAPHQL_MAX_FIELDS', 'maxFields', 900],
    ['GRAPHQL_MAX_COST', 'maxCost', 90_000],
  ])('%s changes %s', (variable, name, value) => {
    expect(parseConfig({ [variable]: String(value) }).api.documents).toEqual({ ...limits, [name]: value })
  })
})
