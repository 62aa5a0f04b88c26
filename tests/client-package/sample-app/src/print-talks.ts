import { connectParley } from '@parley/client'
import { TalksDocument } from './parley/documents.js'

const [, , url = '', token = ''] = process.argv
const parley = connectParley({ url, token })

/** Prints a page; gives where the next one begins, or null. */
async function printPage(after: string | null): Promise<string | null> {
  const variables = { first: 2, after }
  const { data } = await parley.client.query({ query: TalksDocument, variables, fetchPolicy: 'no-cache' })
  const history = data?.viewer?.history
  for (const { node } of history?.edges ?? []) console.log(`${node.title}: ${node.status}`)
  return history?.pageInfo.hasNextPage ? history.pageInfo.endCursor : null
}

let next = await printPage(null)
while (next !== null) next = await printPage(next)
parley.close()
