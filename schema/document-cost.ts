/** What a document may make the server look up, reckoned before anything is looked up. */
import { complexityFromQuery, type FieldComplexityValue } from '@pothos/plugin-complexity'
import {
  type DocumentNode,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  isListType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'

/** As many items as a connection gives where a document does not say. */
const usualPage = 20
/** How many items a list is taken to hold that cannot be asked for by number. */
const usualList = 10

/** One for a field, and for a list what is asked of its items as often as it may have items. */
export function toFieldCost(
  args: Record<string, unknown>,
  _context: unknown,
  field: Pick<GraphQLField<unknown, unknown>, 'name' | 'args' | 'type'>,
): FieldComplexityValue {
  const isPaged = field.args.some(({ name }) => name === 'first')
  if (isPaged) return { field: 1, multiplier: toSize(args['first']) ?? toSize(args['last']) ?? usualPage }
  // The items of a page: how many was said one step above.
  const isCounted = field.name === 'edges'
  return { field: 1, multiplier: isListType(getNullableType(field.type)) && !isCounted ? usualList : 1 }
}

/** An operation that is about to be run, of a document that is valid. */
export interface Asked {
  schema: GraphQLSchema
  document: DocumentNode
  operationName: string | null | undefined
  variables: Record<string, unknown> | null | undefined
}

/** Null where the operation keeps to the limits; null too for variables that are refused when it is run. */
export function findCostFault(asked: Asked, limits: { maxFields: number; maxCost: number }): GraphQLError | null {
  const operation = getOperationAST(asked.document, asked.operationName)
  const cost = operation && reckon(operation, asked)
  if (!cost) return null
  const { breadth, complexity } = cost
  if (breadth > limits.maxFields)
    return refusal(`This asks for ${breadth} fields, and one request may ask for ${limits.maxFields}.`)
  if (complexity > limits.maxCost)
    return refusal(`This may look up ${complexity} values, and one request may look up ${limits.maxCost}.`)
  return null
}

type Cost = ReturnType<typeof complexityFromQuery>

/** Documents that are sent again and again are the same object, and few numbers in them change what they cost. */
const reckoned = new WeakMap<DocumentNode, Map<string, Cost>>()
const mostReckoned = 100

function reckon(operation: OperationDefinitionNode, { schema, document, variables }: Asked): Cost | null {
  const costs = reckoned.get(document) ?? new Map<string, Cost>()
  const key = toKey(operation, variables ?? {})
  const known = costs.get(key)
  if (known) return known
  // With all that may be wrong in a megabyte of variables, writing it down would be the work.
  const definitions = operation.variableDefinitions ?? []
  if (getVariableValues(schema, definitions, variables ?? {}, { maxErrors: 1 }).errors) return null
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  const alone: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }
  const cost = complexityFromQuery(alone, { schema, variables: variables ?? {} })
  if (costs.size >= mostReckoned) costs.clear()
  reckoned.set(document, costs.set(key, cost))
  return cost
}

/** What the cost of an operation hangs on: which of the document's it is, and how long its pages are. */
function toKey(operation: OperationDefinitionNode, variables: Record<string, unknown>): string {
  const numbers = (operation.variableDefinitions ?? []).flatMap(({ variable }) => {
    const value = variables[variable.name.value]
    // Null is not what stands for nothing: that is the document's own default.
    return typeof value === 'number' || value === null ? [`${variable.name.value}=${value}`] : []
  })
  return [operation.name?.value ?? '', ...numbers].join(' ')
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(`${message} Ask for less at once.`, { extensions: { code: 'LIMIT_EXCEEDED' } })
}

/** Out of range is refused by the field itself, with words of its own. */
function toSize(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null
}
