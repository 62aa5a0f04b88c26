/**
 * A codegen plugin: one typed hook per operation over the typed documents of `web/gql/documents.ts`.
 * The stock plugin does not compile against Apollo Client 4, whose hooks live in `@apollo/client/react`.
 */
import type { PluginFunction } from '@graphql-codegen/plugin-helpers'
import { Kind, type OperationDefinitionNode } from 'graphql'

export const plugin: PluginFunction = (_schema, documents) => {
  const operations = documents
    .flatMap((file) => file.document?.definitions ?? [])
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
  return (
    [
      '/* Generated from the web operations by web/codegen-hooks.ts: do not edit. */',
      "import { useMutation, useQuery, useSubscription } from '@apollo/client/react'",
      "import * as documents from './documents.ts'",
      ...operations.map(toHook),
    ].join('\n\n') + '\n'
  )
}

function toHook(operation: OperationDefinitionNode): string {
  const name = nameOf(operation)
  const kind = capitalise(operation.operation)
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
  if (!operation.name) throw new Error('Every web operation needs a name: its hook is named after it')
  return operation.name.value
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
