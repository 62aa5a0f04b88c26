import type { FetcherOpts, FetcherParams } from '@graphiql/toolkit'
import { getOperationAST, parse } from 'graphql'

/**
 * What is to be sent, by what is written: for a moment after another tab was opened the editor still remembers that tab's operation,
 * and would ask for it by its name, or take a subscription for a query.
 */
export function asWritten(params: FetcherParams, options: FetcherOpts = {}): [FetcherParams, FetcherOpts] {
  try {
    const documentAST = parse(params.query)
    const only = getOperationAST(documentAST)
    const operationName = only ? (only.name?.value ?? null) : (params.operationName ?? null)
    return [
      { ...params, operationName },
      { ...options, documentAST },
    ]
  } catch {
    // The server says what is wrong with it.
    return [params, options]
  }
}
