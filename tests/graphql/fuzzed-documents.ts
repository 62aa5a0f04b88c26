/** Documents and variables at random, made from the schema: most are good in form, many are not, and none may upset the server. */
import fc from 'fast-check'
import {
  type GraphQLArgument,
  getNamedType,
  type GraphQLNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { printedSchema } from './mutations.ts'

export interface Fuzzed {
  query: string
  variables: unknown
  operationName?: string
}

/** Numbers from 0 up to 1, one after the other. */
type Draw = () => number

const maxDepth = 9
const oddValues = [
  'null',
  'true',
  '-1',
  '2147483648',
  '1e400',
  '0.5',
  '""',
  '"x"',
  '"\\u0000"',
  '[]',
  '[[1]]',
  '{}',
  '{a: 1}',
  'ENUM',
  '$v',
  '$none',
  '"Conversation_0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e"',
  '"2026-01-31T00:00:00Z"',
  '"0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e"',
]

export const fuzzedDocuments: fc.Arbitrary<Fuzzed> = fc
  .tuple(
    fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
    fc.jsonValue({ maxDepth: 3 }),
  )
  .map(([numbers, value]) => {
    const draw: Draw = () => numbers.next().value ?? 0
    const operation = pick(draw, ['query', 'query', 'mutation', 'subscription'] as const)
    const root = {
      query: printedSchema.getQueryType(),
      mutation: printedSchema.getMutationType(),
      subscription: printedSchema.getSubscriptionType(),
    }[operation]
    const fragment =
      draw() < 0.2 ? ` fragment F on ${pick(draw, compositeNames)} ${root ? selection(draw, root, 6) : '{ id }'}` : ''
    const head = draw() < 0.5 ? operation : `${operation} Q($v: ${pick(draw, variableTypes)})`
    return {
      query: spoil(draw, `${head} ${root ? selection(draw, root, 0) : '{ id }'}${fragment}`),
      variables: pick(draw, [{}, { v: value }, value]),
    }
  })

const compositeNames = Object.values(printedSchema.getTypeMap())
  .filter(isCompositeType)
  .map(({ name }) => name)
const variableTypes = [
  'Int',
  'ID!',
  'String',
  'Boolean',
  '[Int!]',
  'UUID',
  'DateTime',
  'SignInInput!',
  'AppendSegmentsInput!',
  'NoSuchType',
]

function selection(draw: Draw, type: GraphQLNamedType, depth: number): string {
  const count = 1 + Math.floor(draw() * 4)
  const parts = Array.from({ length: count }, () =>
    draw() < 0.1 ? oddSelection(draw, type, depth) : field(draw, type, depth),
  )
  return `{ ${parts.join(' ')} }`
}

function oddSelection(draw: Draw, type: GraphQLNamedType, depth: number): string {
  return pick(draw, [
    () => '...F',
    () => '__typename @include(if: $v)',
    () => 'noSuchField',
    () => `... on ${pick(draw, compositeNames)} ${depth < maxDepth ? selection(draw, type, depth + 1) : '{ id }'}`,
    () => 'a: __typename a: id',
  ])()
}

function field(draw: Draw, type: GraphQLNamedType, depth: number): string {
  if (isAbstractType(type) && draw() < 0.7) {
    const member = pick(draw, printedSchema.getPossibleTypes(type))
    return `... on ${member.name} ${depth < maxDepth ? selection(draw, member, depth + 1) : '{ __typename }'}`
  }
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []
  if (fields.length === 0) return '__typename'
  const chosen = pick(draw, fields)
  const given = chosen.args.filter(() => draw() < 0.7).map((arg) => `${arg.name}: ${argument(draw, arg)}`)
  const call = given.length > 0 ? `${chosen.name}(${given.join(', ')})` : chosen.name
  const inner = getNamedType(chosen.type)
  if (!isCompositeType(inner)) return call
  return depth < maxDepth ? `${call} ${selection(draw, inner, depth + 1)}` : `${call} { __typename }`
}

function argument(draw: Draw, arg: GraphQLArgument): string {
  const type = getNamedType(arg.type)
  if (draw() < 0.3) return pick(draw, oddValues)
  if (isEnumType(type)) return pick(draw, type.getValues()).name
  if (type.name === 'Int') return String(Math.floor(draw() * 200) - 50)
  if (type.name === 'Boolean') return draw() < 0.5 ? 'true' : 'false'
  return pick(draw, oddValues)
}

/** Now and then the text itself is damaged. */
function spoil(draw: Draw, text: string): string {
  if (draw() > 0.1) return text
  const at = Math.floor(draw() * text.length)
  return pick(draw, [
    () => text.slice(0, at),
    () => `${text.slice(0, at)}\u{1F4A3}${text.slice(at)}`,
    () => `${text.slice(0, at)}}${text.slice(at)}`,
    () => text.slice(at),
    () => `${text} ${text}`,
  ])()
}

function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  return items[Math.floor(draw() * items.length)] as Item
}
