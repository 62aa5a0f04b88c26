import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import { postGraphql } from './post-graphql.ts'

export interface FoundSchema {
  schema: GraphQLSchema
  /** The installation answers no introspection: this is the schema that was built into the page. */
  isBuiltIn: boolean
}

/** What the installation says of itself or, where it does not, what came with it. Throws a NoAnswerError. */
export async function findSchema(): Promise<FoundSchema> {
  const { data } = await postGraphql(null, getIntrospectionQuery({ inputValueDeprecation: true }))
  if (data) return { schema: buildClientSchema(data as unknown as IntrospectionQuery), isBuiltIn: false }
  const { default: printed } = await import('../../schema/schema.graphql?raw')
  return { schema: buildSchema(printed), isBuiltIn: true }
}
