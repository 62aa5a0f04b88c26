import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import ErrorsPlugin from '@pothos/plugin-errors'
import RelayPlugin from '@pothos/plugin-relay'
import { type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from './context.ts'
import { toFieldCost } from './document-cost.ts'
import { parseGlobalId, toGlobalId } from './global-id.ts'
import { type JsonValue, parseDateTime, parseJson, parseUuid } from './scalars.ts'

interface SchemaTypes {
  Context: Context
  DefaultFieldNullability: false
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  Scalars: {
    DateTime: { Input: Date; Output: Date }
    JSON: { Input: JsonValue; Output: JsonValue }
    UUID: { Input: string; Output: string }
    ID: { Input: string; Output: string }
  }
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ComplexityPlugin, ErrorsPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  // Reckoned once for each request, before it is run: see `document-cost.ts`.
  complexity: { disabled: true, fieldComplexity: toFieldCost },
  relay: {
    nodeTypeOptions: { description: 'Anything with an id of its own, by which it can be fetched again.' },
    pageInfoTypeOptions: { description: 'Where a page of a list stands in the whole.' },
    idFieldOptions: { description: 'Opaque, and unique over all types.' },
    cursorType: 'String',
    edgesFieldOptions: { nullable: { list: false, items: false }, description: 'In the order of the list.' },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    cursorFieldOptions: { description: "The item's place, for `after` and `before`." },
    pageInfoFieldOptions: { description: 'Where this page stands.' },
    hasNextPageFieldOptions: { description: 'There is more after this page.' },
    hasPreviousPageFieldOptions: { description: 'There is more before this page.' },
    startCursorFieldOptions: { description: "The first item's place." },
    endCursorFieldOptions: { description: "The last item's place." },
    firstArgOptions: {
      description: 'At most this many, from the start; 20 where neither first nor last is given, 100 at most.',
    },
    afterArgOptions: { description: 'Only what comes after this place.' },
    lastArgOptions: { description: 'At most this many, from the end.' },
    beforeArgOptions: { description: 'Only what comes before this place.' },
    nodesQueryOptions: false,
    nodeQueryOptions: {
      description: "Null when it does not exist or is not the viewer's: the two are never told apart.",
      args: { id: { description: 'An id from any answer.' } },
      resolve: (_root, { id }, _context, { schema }, resolveNode) =>
        isNodeType(schema, id.typename) ? resolveNode(id) : null,
    },
    encodeGlobalID: (typename, id) => toGlobalId(typename, String(id)),
    decodeGlobalID: (globalId) => parseGlobalId(globalId) ?? { typename: '', id: '' },
  },
})

builder.queryType({ description: 'What can be read.' })
builder.mutationType({
  description: 'What can be done. A fault that a user can cause or act on is part of the result.',
})
builder.subscriptionType({
  description:
    'What can be followed. Refused before the first event with an error whose extensions.code is a FaultCode; ended when access ends.',
})

builder.scalarType('DateTime', {
  description: 'RFC 3339 date-time in UTC.',
  serialize: (value) => value.toISOString(),
  parseValue: parseDateTime,
})
builder.scalarType('JSON', { description: 'Arbitrary JSON.', serialize: (value) => value, parseValue: parseJson })
builder.scalarType('UUID', { description: 'RFC 4122 UUID.', serialize: (value) => value, parseValue: parseUuid })

function isNodeType(schema: GraphQLSchema, typename: string): boolean {
  const type = schema.getType(typename)
  return isObjectType(type) && type.getInterfaces().some((implemented) => implemented.name === 'Node')
}
