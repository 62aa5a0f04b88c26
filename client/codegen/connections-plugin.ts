/**
 * A codegen plugin: every Relay connection of the schema, with the arguments that tell one list from another, which are all but
 * those that ask for a page of it. So the cache joins the pages of a list that is new in the schema without another line.
 */
import type { PluginFunction } from '@graphql-codegen/plugin-helpers'
import { getNamedType, type GraphQLField, type GraphQLObjectType, isObjectType } from 'graphql'

const pageArguments = new Set(['first', 'after', 'last', 'before'])

export const plugin: PluginFunction = (schema) => {
  const entries = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap((type) => {
      const fields = Object.values(type.getFields()).filter(isConnection)
      return fields.length === 0 ? [] : [`  ${type.name}: { ${fields.map(toEntry).join(', ')} },`]
    })
  return [
    '/* Every list that comes in pages, and the arguments that tell one from another. Generated: do not edit. */',
    'export const connections: Record<string, Record<string, string[]>> = {',
    ...entries,
    '}',
    '',
  ].join('\n')
}

function isConnection(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type)
  return isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields()
}

function toEntry(field: GraphQLField<unknown, unknown>): string {
  const keys = field.args.map(({ name }) => name).filter((name) => !pageArguments.has(name))
  return `${field.name}: [${keys.map((name) => `'${name}'`).join(', ')}]`
}
