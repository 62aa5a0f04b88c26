/** What a document may make the server look up, reckoned before anything is looked up. */
import { createComplexityRule, type FieldComplexityValue } from '@pothos/plugin-complexity'
import {
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLField,
  isListType,
  type ValidationContext,
  type ValidationRule,
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

interface Asked {
  operationName: string | null | undefined
  variables: Record<string, unknown> | null | undefined
}

/** A validation rule for one request: how much an operation costs depends on its variables. */
export function costRule(request: Asked, limits: { maxFields: number; maxCost: number }): ValidationRule {
  const rule = createComplexityRule({
    context: {},
    operationName: request.operationName ?? null,
    variableValues: request.variables ?? {},
    validate({ breadth, complexity }, reportError) {
      if (breadth > limits.maxFields) {
        reportError(refusal(`This asks for ${breadth} fields, and one request may ask for ${limits.maxFields}.`))
      } else if (complexity > limits.maxCost) {
        reportError(refusal(`This may look up ${complexity} values, and one request may look up ${limits.maxCost}.`))
      }
    },
  })
  return (context) => (hasGoodVariables(context, request) ? rule(context) : {})
}

/** Others are refused when the operation is run. The reckoning would first write down all that is wrong with them. */
function hasGoodVariables(context: ValidationContext, { operationName, variables }: Asked): boolean {
  const definitions = getOperationAST(context.getDocument(), operationName)?.variableDefinitions ?? []
  return !getVariableValues(context.getSchema(), definitions, variables ?? {}, { maxErrors: 1 }).errors
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(`${message} Ask for less at once.`, { extensions: { code: 'LIMIT_EXCEEDED' } })
}

/** Out of range is refused by the field itself, with words of its own. */
function toSize(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null
}
