import type { AccountEventRecord, AccountRecord } from '../../db/queries/account.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { UserId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import type { JsonValue } from '../scalars.ts'
import { AccountEventTypeEnum, EntitlementEnum, RoleEnum } from '../enums.ts'

const AccountEvent = builder.objectRef<AccountEventRecord>('AccountEvent').implement({
  description: 'Something that was done to an account.',
  fields: (t) => ({
    type: t.expose('type', { type: AccountEventTypeEnum, description: 'What.' }),
    actorEmail: t.exposeString('actorEmail', {
      nullable: true,
      description: 'Which administrator did it; null where none did, or the account is gone.',
    }),
    detail: t.field({
      type: 'JSON',
      description: 'Such as `from` and `to`.',
      resolve: (event) => event.detail as JsonValue,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
  }),
})

export const User = builder.objectRef<AccountRecord>('User')

builder.node(User, {
  description: 'An account, as administrators see it.',
  id: { resolve: (user) => user.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => viewer && services.findUser(viewer, id as UserId),
  // The viewer's own account has preferences beside all of this.
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'email' in value && !('captions' in value),
  fields: (t) => ({
    email: t.exposeString('email', { description: 'In lower case.' }),
    name: t.exposeString('name', { nullable: true, description: 'What the partner calls the learner.' }),
    role: t.expose('role', { type: RoleEnum, description: 'What the account is for.' }),
    entitlement: t.expose('entitlement', { type: EntitlementEnum, description: 'What it may use.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was opened.' }),
    lastLoginAt: t.expose('lastLoginAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last signed in to.',
    }),
    events: t.field({
      type: [AccountEvent],
      description: 'What payments and administrators did to it: newest first, the last 50.',
      resolve: (user, _args, { services, viewer }) => services.listUserEvents(requireViewer(viewer), user.id),
    }),
  }),
})
