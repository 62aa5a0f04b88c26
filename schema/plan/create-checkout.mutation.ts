import { ConflictError, ProviderError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { EntitlementEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'

const CheckoutInput = builder.inputType('CheckoutInput', {
  description: 'What is to be paid for.',
  fields: (t) => ({
    entitlement: t.field({ type: EntitlementEnum, required: true, description: 'BASIC or PRO.' }),
  }),
})

const CheckoutPayload = builder.objectRef<{ url: string }>('CheckoutPayload').implement({
  description: 'Where to pay.',
  fields: (t) => ({
    url: t.exposeString('url', {
      description: "A page of the payment service's, good for a while. It leads back to the plan page.",
    }),
  }),
})

builder.mutationField('createCheckout', (t) =>
  t.field({
    type: CheckoutPayload,
    description:
      'Opens a page on which the viewer pays for a plan. The plan changes once it is paid. Conflict where nobody can pay here, or the viewer has this plan.',
    args: { input: t.arg({ type: CheckoutInput, required: true, description: 'The plan.' }) },
    errors: resultOf('Checkout', [ConflictError, ProviderError]),
    async resolve(_root, { input }, context) {
      return { url: await context.services.createCheckout(await askingViewer(context), input.entitlement) }
    },
  }),
)
