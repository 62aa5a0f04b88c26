/** What `npm run gen` makes for the client package: typed documents, one hook per operation, and what its cache needs to know. */
import type { CodegenConfig } from '@graphql-codegen/cli'
import { parleyCodegen, pluginPath } from './client/codegen/config.ts'

const operations = parleyCodegen({
  schema: './schema/schema.graphql',
  documents: './client/operations/*.graphql',
  out: './client/gql',
  importExtension: '.ts',
  fragments: [],
})

const config: CodegenConfig = {
  ...operations,
  generates: {
    ...operations.generates,
    './client/gql/possible-types.ts': { plugins: [pluginPath('possible-types')] },
    './client/gql/connections.ts': { plugins: [pluginPath('connections')] },
  },
}

export default config
