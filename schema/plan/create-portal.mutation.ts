import { ConflictError, ProviderError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'

const PortalPayload = builder.objectRef<{ url: string }>('PortalPayload').implement({
  description: 'Where to look after a subscription.',
  fields: (t) => ({
    url: t.exposeString('url', {
      description: "A page of the payment service's, good for a while. It leads back to the plan page.",
    }),
  }),
})

builder.mutationField('createPortal', (t) =>
  t.field({
    type: PortalPayload,
    description:
      'Opens a page on which the viewer sees invoices, changes the card and cancels. Conflict where nothing was ever paid.',
    errors: resultOf('Portal', [ConflictError, ProviderError]),
    async resolve(_root, _args, context) {
      return { url: await context.services.createPortal(await askingViewer(context)) }
    },
  }),
)
