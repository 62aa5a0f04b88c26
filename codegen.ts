/** What `npm run gen` makes for the web: typed documents, one hook per operation, and the list of possible types. */
import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = { ID: 'string', DateTime: 'string', JSON: 'unknown', UUID: 'string' }

const config: CodegenConfig = {
  schema: './schema/schema.graphql',
  documents: ['./web/graphql/operations/*.graphql'],
  silent: true,
  generates: {
    './web/gql/documents.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        scalars,
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'unknown',
        skipTypename: false,
        nonOptionalTypename: true,
        skipTypeNameForRoot: true,
        arrayInputCoercion: false,
        dedupeFragments: true,
        optimizeDocumentNode: true,
      },
    },
    './web/gql/hooks.ts': { plugins: ['./web/codegen-hooks.ts'] },
    './web/gql/possible-types.ts': { plugins: ['./web/codegen-possible-types.ts'] },
  },
}

export default config
