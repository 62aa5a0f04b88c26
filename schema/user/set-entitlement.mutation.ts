import type { AccountRecord } from '../../db/queries/account.ts'
import { NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, userIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { EntitlementEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'
import { User } from './user.type.ts'

const SetEntitlementPayload = builder.objectRef<{ user: AccountRecord }>('SetEntitlementPayload').implement({
  description: 'The account has this plan now.',
  fields: (t) => ({
    user: t.field({ type: User, description: 'As it is now.', resolve: (payload) => payload.user }),
  }),
})

builder.mutationField('setEntitlement', (t) =>
  t.field({
    type: SetEntitlementPayload,
    description: 'Sets what an account may use, whatever is paid; it is noted who did. For administrators.',
    args: {
      userId: t.arg.id({ required: true, description: 'The account.' }),
      entitlement: t.arg({ type: EntitlementEnum, required: true, description: 'What it may use from now on.' }),
    },
    errors: resultOf('SetEntitlement', [NotFoundError]),
    async resolve(_root, args, context) {
      const viewer = await askingViewer(context)
      const { entitlement } = args
      return { user: await context.services.setEntitlement(viewer, { userId: userIdOf(args.userId), entitlement }) }
    },
  }),
)
