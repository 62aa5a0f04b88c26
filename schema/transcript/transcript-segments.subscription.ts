import { requireViewer } from '../../server/auth/viewer.ts'
import type { TranscriptDelta as TranscriptDeltaShape } from '../../server/services/follow-transcript.ts'
import { sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { TranscriptSegment } from './transcript.type.ts'

const TranscriptDelta = builder.objectRef<TranscriptDeltaShape>('TranscriptDelta').implement({
  description: 'What changed in a transcript since the delta before.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Resume from here.' }),
    segments: t.field({
      type: [TranscriptSegment],
      description: 'Whole commits only, in sequence order.',
      resolve: (delta) => delta.segments,
    }),
    finalized: t.exposeBoolean('finalized', { description: 'Nothing more will come.' }),
  }),
})

builder.subscriptionField('transcriptSegments', (t) =>
  t.field({
    type: TranscriptDelta,
    description: [
      'First all that changed after `afterRevision`, then each change as it is committed, on whichever server node; no gap and no',
      'repeat across the seam. Completes after `finalized: true`; a completion without it means that access ended. Resubscribe with the',
      'last revision received.',
    ].join('\n'),
    args: {
      sessionId: t.arg.id({ required: true, description: 'Whose transcript.' }),
      afterRevision: t.arg.int({ defaultValue: 0, description: 'The last revision that was received.' }),
    },
    subscribe: (_root, args, { services, viewer }) =>
      services.followTranscript(
        requireViewer(viewer),
        sessionIdOf(args.sessionId),
        Math.max(0, args.afterRevision ?? 0),
      ),
    resolve: (delta) => delta,
  }),
)
