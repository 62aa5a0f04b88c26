import type { ClientSecret as ClientSecretShape } from '../../server/services/mint-for-call.ts'
import { builder } from '../builder.ts'

export const ClientSecret = builder.objectRef<ClientSecretShape>('ClientSecret').implement({
  description: "For this browser's one call: `value` is returned once and never stored.",
  fields: (t) => ({
    callNumber: t.exposeInt('callNumber', {
      description: "1 for the session's first call, one more for each later one.",
    }),
    value: t.exposeString('value', { description: 'The secret itself.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: '60 s or less after it was minted; good for one offer.',
    }),
    callUrl: t.string({
      description:
        'Where the browser sends its SDP offer (POST, application/sdp, Bearer value): a path of our own server, which relays this one offer to the provider, keeps the call id, and returns the answer. Media goes straight between browser and provider.',
      resolve: (secret) => `/calls/${secret.id}`,
    }),
    model: t.exposeString('model', { description: 'Which model holds the conversation.' }),
  }),
})
