import {
  ConflictError,
  EntitlementError,
  InvalidInputError,
  LimitError,
  NotFoundError,
  ProviderError,
} from '../../server/domain/errors.ts'
import type { QuestionId } from '../../server/domain/ids.ts'
import type { StartedSession } from '../../server/services/start-session.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum, TalkStyleEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'
import { idOf, parseGlobalId } from '../global-id.ts'
import { ClientSecret } from './client-secret.type.ts'
import { Session } from './session.type.ts'

const ConversationInput = builder.inputType('ConversationInput', {
  description: 'Talk with the partner.',
  fields: (t) => ({
    topicId: t.id({ required: true, description: 'What about.' }),
    level: t.field({ type: CefrLevelEnum, description: "At which level; the topic's own where it is left out." }),
    talk: t.field({
      type: TalkStyleEnum,
      required: true,
      defaultValue: 'GUIDED',
      description: "How the partner takes the learner's answers; kept for every later call of the session.",
    }),
  }),
})

const SpeakingTestInput = builder.inputType('SpeakingTestInput', {
  description: 'A level test of several timed tasks.',
  fields: (t) => ({
    level: t.field({ type: CefrLevelEnum, required: true, description: 'Of which level: A2, B1, B2 or C1.' }),
  }),
})

const DrillInput = builder.inputType('DrillInput', {
  description: 'An interview question.',
  fields: (t) => ({
    questionId: t.id({
      required: true,
      description: "Of the active pack; or of the viewer's own draft, to try it. Administrators try any draft.",
    }),
  }),
})

const ActivityInput = builder.inputType('ActivityInput', {
  description: 'What to practise.',
  isOneOf: true,
  fields: (t) => ({
    conversation: t.field({ type: ConversationInput, description: 'Talk with the partner.' }),
    speakingTest: t.field({ type: SpeakingTestInput, description: 'A level test, alone.' }),
    drill: t.field({ type: DrillInput, description: 'An interview question to answer.' }),
  }),
})

const StartSessionInput = builder.inputType('StartSessionInput', {
  description: 'A session to start.',
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: "The client's own id of this start: sent again, it gives the same session.",
    }),
    activity: t.field({ type: ActivityInput, required: true, description: 'What to practise.' }),
  }),
})

const StartSessionPayload = builder.objectRef<StartedSession>('StartSessionPayload').implement({
  description: 'The session is running.',
  fields: (t) => ({
    session: t.field({ type: Session, description: 'The session.', resolve: (payload) => payload.session }),
    clientSecret: t.field({
      type: ClientSecret,
      nullable: true,
      description:
        'For the first call of a conversation; null when this request was answered before: mint one then. Tests and drills have no call.',
      resolve: (payload) => payload.clientSecret,
    }),
  }),
})

builder.mutationField('startSession', (t) =>
  t.field({
    type: StartSessionPayload,
    description: [
      'Same requestId and input from the same user: the same session, without a secret (mint one); same requestId with other input: Conflict;',
      'a session that FAILED for the provider answers the same ProviderFault, a new try takes a new requestId.',
      'A first call of a conversation comes with a client secret.',
    ].join('\n'),
    args: { input: t.arg({ type: StartSessionInput, required: true, description: 'What to start.' }) },
    errors: resultOf('StartSession', [
      NotFoundError,
      InvalidInputError,
      ConflictError,
      EntitlementError,
      LimitError,
      ProviderError,
    ]),
    async resolve(_root, { input }, context) {
      const viewer = await askingViewer(context)
      const { requestId } = input
      const { conversation, speakingTest, drill } = input.activity
      if (speakingTest) {
        const session = await context.services.startSpeakingTest(viewer, { requestId, level: speakingTest.level })
        return { session, clientSecret: null }
      }
      if (drill) {
        const questionId = idOf<QuestionId>(drill.questionId, 'Question') ?? ''
        return { session: await context.services.startDrill(viewer, { requestId, questionId }), clientSecret: null }
      }
      if (!conversation) throw new InvalidInputError([{ path: ['activity'], message: 'Name what to practise.' }])
      const topic = parseGlobalId(conversation.topicId)
      if (topic && topic.typename !== 'Topic') {
        throw new InvalidInputError([
          { path: ['activity', 'conversation', 'topicId'], message: 'This is not the id of a topic.' },
        ])
      }
      return context.services.startSession(viewer, {
        requestId,
        topicId: topic?.id ?? '',
        level: conversation.level ?? null,
        talk: conversation.talk,
      })
    },
  }),
)
