/** A codegen plugin: the members of every union and interface, which the cache needs to match fragments. */
import type { PluginFunction } from '@graphql-codegen/plugin-helpers'
import { isAbstractType } from 'graphql'

export const plugin: PluginFunction = (schema) => {
  const entries = Object.values(schema.getTypeMap())
    .filter((type) => isAbstractType(type) && !type.name.startsWith('__'))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map((type) => {
      const members = isAbstractType(type) ? schema.getPossibleTypes(type).map((member) => member.name) : []
      return `  ${type.name}: [${members
        .toSorted()
        .map((member) => `'${member}'`)
        .join(', ')}],`
    })
  return [
    '/* The members of every union and interface of the schema. Generated: do not edit. */',
    'export const possibleTypes: Record<string, string[]> = {',
    ...entries,
    '}',
    '',
  ].join('\n')
}
