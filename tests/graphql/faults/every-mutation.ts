/** Faults that come from who asks, or what about, the same for every mutation of a signed-in viewer. */
import { createProgram } from '../an-access-token.ts'
import { mutate } from '../mutations.ts'
import { aboutNothing, type FaultCase } from './fault-case.ts'
import { forAdministrators } from './plans.ts'

const ofViewers = [
  'startSession',
  'mintClientSecret',
  'keepAlive',
  'appendSegments',
  'endSession',
  'presignRecording',
  'completeRecording',
  'retryRecording',
  'provideLearnerText',
  'requestEvaluation',
  'submitDrillResponse',
  'exportData',
  'publishSession',
  'unpublishSession',
  'deleteSession',
  'deleteAccount',
  'updateViewer',
  'changePassword',
  'createAccessToken',
  'revokeAccessToken',
  'createCheckout',
  'createPortal',
  'uploadContentPack',
  'activateContentPack',
  'archiveContentPack',
  ...forAdministrators,
]

/** About the viewer's own account, or told to administrators only: there is nothing that could not be found. */
const ofNothing = [
  'deleteAccount',
  'updateViewer',
  'changePassword',
  'createAccessToken',
  'createCheckout',
  'createPortal',
  'uploadContentPack',
  ...forAdministrators,
]

const ofThings = ofViewers.filter((mutation) => !ofNothing.includes(mutation))

export const everyMutation: FaultCase[] = [
  ...ofViewers.flatMap((mutation): FaultCase[] => [
    {
      mutation,
      fault: 'UnauthenticatedFault',
      when: 'nobody is signed in',
      says: { message: 'Sign in first.' },
      cause: async (world) => mutate(await world.visitor(), mutation, aboutNothing(mutation)),
    },
    {
      mutation,
      fault: 'ForbiddenFault',
      when: 'a program has an access token for something else',
      async cause(world) {
        const { program } = await createProgram(await world.learner(), { scopes: ['HISTORY_READ'] })
        return mutate(program, mutation, aboutNothing(mutation))
      },
    },
    {
      mutation,
      fault: 'RateLimitedFault',
      when: 'a viewer sends more than is allowed',
      async cause(world) {
        const client = await world.learner('tight')
        for (const _try of [1, 2]) await mutate(client, mutation, aboutNothing(mutation))
        return mutate(client, mutation, aboutNothing(mutation))
      },
    },
  ]),
  ...ofThings.map((mutation): FaultCase => ({
    mutation,
    fault: 'NotFoundFault',
    when: 'there is no such thing',
    cause: async (world) => mutate(await world.learner(), mutation, aboutNothing(mutation)),
  })),
]
