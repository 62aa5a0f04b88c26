/** The client package's cache where answers overtake each other: what a list shows then. */
import { gql } from '@apollo/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { createParleyCache } from '../../client/cache.ts'

const query = gql`
  query Pages($after: String) {
    topics(first: 2, after: $after) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`

let cache: ReturnType<typeof createParleyCache>
beforeEach(() => {
  cache = createParleyCache()
})

/** An answer arrives: the page after this topic, or the first one. */
function write(after: string | null, ids: string[]): void {
  const edges = ids.map((id) => ({ __typename: 'TopicEdge', node: { __typename: 'Topic', id } }))
  const pageInfo = { __typename: 'PageInfo', hasNextPage: true, endCursor: ids.at(-1) ?? null }
  cache.writeQuery({
    query,
    variables: after === null ? {} : { after },
    data: { topics: { __typename: 'TopicConnection', edges, pageInfo } },
  })
}

function read(): { ids: string[]; endCursor: string | null } {
  const { topics } = cache.readQuery<{
    topics: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string | null } }
  }>({ query }) ?? { topics: { edges: [], pageInfo: { endCursor: null } } }
  return { ids: topics.edges.map(({ node }) => node.id), endCursor: topics.pageInfo.endCursor }
}

describe('a later page', () => {
  it('is not joined to a list that has begun anew meanwhile and does not reach so far', () => {
    write(null, ['b', 'c'])
    write(null, ['a', 'b'])
    write('c', ['d', 'e'])
    expect(read()).toEqual({ ids: ['a', 'b'], endCursor: 'b' })
    write('b', ['c', 'd'])
    expect(read()).toEqual({ ids: ['a', 'b', 'c', 'd'], endCursor: 'd' })
  })

  it('is joined to a list that has begun anew meanwhile and still reaches so far', () => {
    write(null, ['b', 'c'])
    write(null, ['a', 'c'])
    write('c', ['d', 'e'])
    expect(read()).toEqual({ ids: ['a', 'c', 'd', 'e'], endCursor: 'e' })
  })

  it('is joined to a list whose last item was taken out here', () => {
    write(null, ['a', 'b'])
    cache.modify({
      fields: { topics: (list) => ({ ...list, edges: list.edges.slice(0, 1) }) },
    })
    write('b', ['c', 'd'])
    expect(read()).toEqual({ ids: ['a', 'c', 'd'], endCursor: 'd' })
  })
})
