import type { AccessTokenRecord } from '../../db/queries/access-token.ts'
import { ConflictError, InvalidInputError, LimitError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { TokenScopeEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'
import { AccessToken } from './access-token.type.ts'

const CreateAccessTokenInput = builder.inputType('CreateAccessTokenInput', {
  description: 'A token to create.',
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: "The client's own id of this request: sent again, it creates no second token.",
    }),
    name: t.string({ required: true, description: 'What its owner knows it by. At most 100 characters.' }),
    scopes: t.field({ type: [TokenScopeEnum], required: true, description: 'What it may be used for.' }),
    expiresInDays: t.int({ description: '1 to 366; 90 where it is left out. Null: it never runs out.' }),
  }),
})

const CreateAccessTokenPayload = builder
  .objectRef<{ accessToken: AccessTokenRecord; value: string }>('CreateAccessTokenPayload')
  .implement({
    description: 'The token holds.',
    fields: (t) => ({
      accessToken: t.field({
        type: AccessToken,
        description: 'What its owner sees of it from now on.',
        resolve: (payload) => payload.accessToken,
      }),
      value: t.exposeString('value', {
        description: 'To be sent as `Authorization: Bearer ...`. In this answer only: it is stored nowhere.',
      }),
    }),
  })

builder.mutationField('createAccessToken', (t) =>
  t.field({
    type: CreateAccessTokenPayload,
    description:
      "The token's value is in this answer only; the same request sent again: Conflict. Refused to access tokens themselves.",
    args: { input: t.arg({ type: CreateAccessTokenInput, required: true, description: 'What it is for.' }) },
    errors: resultOf('CreateAccessToken', [InvalidInputError, ConflictError, LimitError]),
    resolve: async (_root, { input }, context) =>
      context.services.createAccessToken(await askingViewer(context), input),
  }),
)
