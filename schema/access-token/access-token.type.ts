import { z } from 'zod'
import type { AccessTokenRecord } from '../../db/queries/access-token.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { AccessTokenId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { TokenScopeEnum } from '../enums.ts'
import { parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { Viewer } from '../viewer/viewer.type.ts'

export const AccessToken = builder.objectRef<AccessTokenRecord>('AccessToken')

builder.node(AccessToken, {
  description: 'What a program signs in with. Seen by whoever is signed in by cookie, never by the bearer of a token.',
  id: { resolve: (token) => token.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findAccessToken(viewer, id as AccessTokenId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'scopes' in value,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What its owner knows it by.' }),
    scopes: t.field({
      type: [TokenScopeEnum],
      description: 'What it may be used for.',
      resolve: (token) => token.scopes,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null: never.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it stops to hold; null: never.',
    }),
  }),
})

const AccessTokenConnection = builder.connectionObject(
  { type: AccessToken, name: 'AccessTokenConnection', description: 'A page of access tokens.' },
  { name: 'AccessTokenEdge', description: 'An access token and its place.' },
)

const tokenCursor = z.tuple([z.uuid()]).transform(([id]) => ({ id }))

builder.objectField(Viewer, 'accessTokens', (t) =>
  t.field({
    type: AccessTokenConnection,
    description:
      'Newest first, those that have run out too, revoked ones not. For whoever is signed in by cookie: refused to access tokens.',
    args: {
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
    },
    async resolve(_user, args, { services, viewer }) {
      const after = parseCursor(tokenCursor, args.after, 'after')
      const page = { after, limit: toPageSize(args).size }
      const { tokens, hasMore } = await services.listAccessTokens(requireViewer(viewer), page)
      const cursorOf = (token: AccessTokenRecord): string => toCursor([token.id])
      return toConnection(tokens, { cursorOf, hasNextPage: hasMore, hasPreviousPage: after !== null })
    },
  }),
)
