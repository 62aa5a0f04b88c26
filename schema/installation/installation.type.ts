import type { Installation as InstallationShape, Plan as PlanShape } from '../../server/services/get-installation.ts'
import { builder } from '../builder.ts'
import { EntitlementEnum, PartnerTierEnum } from '../enums.ts'

const Plan = builder.objectRef<PlanShape>('Plan').implement({
  description: 'What an account with this entitlement gets here.',
  fields: (t) => ({
    entitlement: t.expose('entitlement', { type: EntitlementEnum, description: 'Whose.' }),
    secondsPerDay: t.exposeInt('secondsPerDay', {
      nullable: true,
      description: 'Practice time a day; null: no limit, 0: none.',
    }),
  }),
})

const Installation = builder.objectRef<InstallationShape>('Installation').implement({
  description: 'What a visitor may know before signing in.',
  fields: (t) => ({
    hasAccounts: t.exposeBoolean('hasAccounts', {
      description: "False until the first account, which becomes the administrator's.",
    }),
    requiresSetupCode: t.exposeBoolean('requiresSetupCode', {
      description: 'The first sign-up needs the code that was printed when the server started.',
    }),
    hasPayments: t.exposeBoolean('hasPayments', {
      description: 'Plans can be paid for here. Where not, an administrator sets them.',
    }),
    plans: t.field({ type: [Plan], description: 'What there is, least first.', resolve: ({ plans }) => plans }),
    maxSessionSeconds: t.exposeInt('maxSessionSeconds', { description: 'The longest that a conversation may last.' }),
    recordingsKeepDays: t.exposeInt('recordingsKeepDays', {
      nullable: true,
      description: 'Days after which the audio of a recording is deleted; null: never.',
    }),
  }),
})

builder.queryField('installation', (t) =>
  t.field({
    type: Installation,
    description: 'What a visitor may know before signing in.',
    resolve: (_root, _args, { services }) => services.getInstallation(),
  }),
)

builder.queryField('partnerTier', (t) =>
  t.field({
    type: PartnerTierEnum,
    description: 'What the partner can understand here.',
    resolve: (_root, _args, { partnerTier }) => partnerTier(),
  }),
)

builder.queryField('canTranscribe', (t) =>
  t.boolean({
    description:
      'The answers of speaking tests are written down here. Where not, they are kept and measured all the same.',
    resolve: (_root, _args, { services }) => services.canTranscribe(),
  }),
)
