/** The pages use what frontend teams use: the client package. */
export * from '../../client/gql/documents.ts'
