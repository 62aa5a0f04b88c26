/**
 * A codegen plugin: one typed hook per operation over the typed documents in `documents.ts` beside it. The stock plugin does
 * not compile against Apollo Client 4, whose hooks live in `@apollo/client/react`.
 */
import type { PluginFunction } from '@graphql-codegen/plugin-helpers'
import { Kind, type OperationDefinitionNode } from 'graphql'

export interface HooksPluginConfig {
  /** Ending of the import of `documents`, such as `.js`. */
  importExtension?: string
}

export const plugin: PluginFunction<HooksPluginConfig> = (_schema, documents, { importExtension = '' }) => {
  const operations = documents
    .flatMap((file) => file.document?.definitions ?? [])
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
  if (operations.length === 0) return 'export {}\n'
  const used = [...new Set(operations.map((operation) => `use${toKind(operation)}`))].toSorted()
  return (
    [
      '/* One typed hook per operation. Generated: do not edit. */',
      `import { ${used.join(', ')} } from '@apollo/client/react'`,
      `import * as documents from './documents${importExtension}'`,
      ...operations.map(toHook),
    ].join('\n\n') + '\n'
  )
}

function toHook(operation: OperationDefinitionNode): string {
  const name = nameOf(operation)
  const kind = toKind(operation)
  const data = `documents.${name}${kind}`
  const variables = `documents.${name}${kind}Variables`
  const document = `documents.${name}Document`
  if (kind === 'Mutation') {
    const options = `useMutation.Options<${data}, ${variables}>`
    return `export function use${name}Mutation(options?: ${options}) {\n  return useMutation<${data}, ${variables}>(${document}, options)\n}`
  }
  const options = `use${kind}.Options<${data}, ${variables}>`
  const isRequired = operation.variableDefinitions?.some(
    (variable) => variable.type.kind === Kind.NON_NULL_TYPE && !variable.defaultValue,
  )
  const parameter = isRequired
    ? `options: (${options} & { variables: ${variables} }) | (${options} & { skip: true })`
    : `options: ${options} = {}`
  return `export function use${name}${kind}(${parameter}) {\n  return use${kind}<${data}, ${variables}>(${document}, options)\n}`
}

function nameOf(operation: OperationDefinitionNode): string {
  if (!operation.name) throw new Error('Every operation needs a name: its hook is named after it')
  return operation.name.value
}

/** `Query`, `Mutation` or `Subscription`. */
function toKind({ operation }: OperationDefinitionNode): string {
  return operation.charAt(0).toUpperCase() + operation.slice(1)
}
