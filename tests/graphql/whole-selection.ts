/** The largest selection of a type: every field that can be asked for without knowing anything, as deep as types do not repeat. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { printedSchema } from './mutations.ts'

/** Of lists: enough to hold one of the owner's, and not so many that the document costs too much. */
const PAGE = 'first: 5'

/** ` { ... }`, or nothing for a scalar. */
export function wholeSelection(type: GraphQLOutputType, above: readonly string[] = []): string {
  const named = getNamedType(type)
  if (isLeafType(named)) return ''
  if (isObjectType(named)) return ` { __typename ${fieldsOf(named, [...above, named.name])} }`
  if (!isAbstractType(named)) return ''
  const kinds = printedSchema.getPossibleTypes(named).filter(({ name }) => !above.includes(name))
  // Kinds may give a field of the same name other types: then they cannot stand side by side under it.
  const parts = kinds.map(
    (kind) => `... on ${kind.name} { ${fieldsOf(kind, [...above, kind.name], (name) => `${kind.name}_${name}: `)} }`,
  )
  return ` { __typename ${parts.join(' ')} }`
}

/** As `Type.field`: what no selection from the top holds, because it has to be told with what it is asked. */
export function listUnaskedFields(schema: GraphQLSchema = printedSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !roots.includes(type as GraphQLObjectType) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => field.args.some(isRequiredArgument))
        .map((field) => `${type.name}.${field.name}`),
    )
}

/** Empty where the field leads only back to what is selected already, or cannot be asked for without more knowledge. */
export function selectField(field: GraphQLField<unknown, unknown>, above: readonly string[] = []): string {
  if (field.args.some(isRequiredArgument)) return ''
  if (leadsBack(field.type, above)) return ''
  const args = field.args.some(({ name }) => name === 'first') ? `(${PAGE})` : ''
  return `${field.name}${args}${wholeSelection(field.type, above)}`
}

function fieldsOf(
  type: GraphQLObjectType,
  above: readonly string[],
  alias: (name: string) => string = () => '',
): string {
  return Object.values(type.getFields())
    .map((field) => [alias(field.name), selectField(field, above)] as const)
    .filter(([, selection]) => selection !== '')
    .map((parts) => parts.join(''))
    .join('\n')
}

function leadsBack(type: GraphQLOutputType, above: readonly string[]): boolean {
  const named = getNamedType(type)
  if (isObjectType(named)) return above.includes(named.name)
  return isAbstractType(named) && printedSchema.getPossibleTypes(named).every(({ name }) => above.includes(name))
}
