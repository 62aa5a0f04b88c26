import type { UserRecord } from '../../db/queries/user.ts'
import { InvalidInputError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'
import { Viewer } from './viewer.type.ts'

const UpdateViewerInput = builder.inputType('UpdateViewerInput', {
  description: 'What is left out stays; null goes back to the default.',
  fields: (t) => ({
    name: t.string({ description: 'At most 100 characters.' }),
    endOfTurnPauseMs: t.int({ description: '500 to 5,000.' }),
    partnerSpeed: t.float({ description: '0.75 to 1.' }),
    voice: t.string({ description: "The partner's voice." }),
    level: t.field({ type: CefrLevelEnum, description: "The learner's level." }),
    captions: t.boolean({ description: 'Show live captions.' }),
    timeZone: t.string({ description: 'IANA name.' }),
  }),
})

const UpdateViewerPayload = builder.objectRef<{ viewer: UserRecord }>('UpdateViewerPayload').implement({
  description: 'The changes are stored.',
  fields: (t) => ({
    viewer: t.field({ type: Viewer, description: 'As it is now.', resolve: (payload) => payload.viewer }),
  }),
})

builder.mutationField('updateViewer', (t) =>
  t.field({
    type: UpdateViewerPayload,
    description: "Changes the viewer's name and preferences.",
    args: { input: t.arg({ type: UpdateViewerInput, required: true, description: 'What changes.' }) },
    errors: resultOf('UpdateViewer', [InvalidInputError]),
    async resolve(_root, { input }, context) {
      return { viewer: await context.services.updateViewer(await askingViewer(context), { ...input }) }
    },
  }),
)
