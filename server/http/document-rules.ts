/** What a document must keep to before it is run, the same on both surfaces. */
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives'
import {
  type GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'
import type { DocumentLimits } from '../config-limits.ts'

/** Beside the rules of the specification. Cost is reckoned apart, since it depends on the variables. */
export function documentRules(limits: DocumentLimits): ValidationRule[] {
  return [
    toRule(maxDepthRule({ ...reporting, n: limits.maxDepth, flattenFragments: true })),
    toRule(maxAliasesRule({ ...reporting, n: limits.maxAliases })),
    toRule(maxDirectivesRule({ ...reporting, n: limits.maxDirectives })),
    ...(limits.allowsIntrospection ? [] : [NoSchemaIntrospectionCustomRule]),
  ]
}

/** An error like any other of the document's: thrown, it would be an error of the server's. */
const reporting = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
}

type ArmorRule = (context: ValidationContext) => object

function toRule(rule: ArmorRule): ValidationRule {
  return (context) => rule(context)
}
