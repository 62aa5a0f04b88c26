/**
 * Documents that were parsed and found good, so that the next request with the same one need not do it again. What somebody wrote
 * into a document itself, instead of its variables, is not kept: it would outlive what they delete.
 */
import type { ApolloServerOptions, BaseContext } from '@apollo/server'
import { type DocumentNode, type Token, TokenKind } from 'graphql'

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>

/** In characters of the documents' own text; parsed, it takes some fifty times as much memory. */
const mostKept = 512 * 1024

const textKinds: ReadonlySet<string> = new Set([TokenKind.STRING, TokenKind.BLOCK_STRING, TokenKind.COMMENT])

/** The least recently used go first. */
export function createDocumentStore(): DocumentStore {
  const kept = new Map<string, DocumentNode>()
  let length = 0
  const forget = (key: string): void => {
    length -= lengthOf(kept.get(key))
    kept.delete(key)
  }
  return {
    async get(key) {
      const document = kept.get(key)
      if (document) {
        kept.delete(key)
        kept.set(key, document)
      }
      return document
    },
    async set(key, document) {
      if (hasText(document)) return
      forget(key)
      kept.set(key, document)
      length += lengthOf(document)
      for (const oldest of kept.keys()) {
        if (length <= mostKept) break
        forget(oldest)
      }
    },
    delete: async (key) => forget(key),
  }
}

function hasText(document: DocumentNode): boolean {
  let token: Token | null | undefined = document.loc?.startToken
  while (token && !textKinds.has(token.kind)) token = token.next
  return token != null
}

function lengthOf(document: DocumentNode | undefined): number {
  return document?.loc?.source.body.length ?? 0
}
