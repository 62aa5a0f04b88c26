/** What the page of the API sends is what is written, whatever the editor remembers of another tab. */
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { asWritten } from '../../../web/api/as-written.ts'

const query = 'subscription FollowHistory { historyUpdated { kind } }'

describe('what is written', () => {
  it('is sent under its own name and as its own kind, where the editor remembers another', () => {
    const remembered = parse('query NewestSessions { viewer { id } }')
    const [params, options] = asWritten({ query, operationName: 'NewestSessions' }, { documentAST: remembered })
    expect(params).toEqual({ query, operationName: 'FollowHistory' })
    expect(options.documentAST?.definitions).toMatchObject([{ operation: 'subscription' }])
  })

  it('is sent under the name that was chosen, where there are several', () => {
    const both = `${query} query NewestSessions { viewer { id } }`
    expect(asWritten({ query: both, operationName: 'NewestSessions' })[0].operationName).toBe('NewestSessions')
  })

  it('is sent as it is where it cannot be read: the server says why', () => {
    const params = { query: '{ viewer {', operationName: null }
    expect(asWritten(params)).toEqual([params, {}])
  })
})
