import type { DataExportRecord } from '../../db/queries/data-export.ts'
import { ConflictError, LimitError, NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { DataExport } from './data-export.type.ts'

const ExportDataPayload = builder.objectRef<{ export: DataExportRecord }>('ExportDataPayload').implement({
  description: 'The export is queued, or was before.',
  fields: (t) => ({
    export: t.field({ type: DataExport, description: 'Where it stands.', resolve: (payload) => payload.export }),
  }),
})

builder.mutationField('exportData', (t) =>
  t.field({
    type: ExportDataPayload,
    description: [
      'One session, or everything when sessionId is left out: sound, words, feedback and events in a zip, as all of it was at one moment.',
      'Sessions that run may be in it. While one of the same is being made, that one is given.',
    ].join('\n'),
    args: {
      requestId: t.arg({
        type: 'UUID',
        required: true,
        description: "The client's own id of this request: sent again, it asks for no second export.",
      }),
      sessionId: t.arg.id({ description: 'Which session; left out: everything.' }),
    },
    errors: resultOf('ExportData', [NotFoundError, ConflictError, LimitError]),
    async resolve(_root, { requestId, sessionId }, context) {
      const viewer = await askingViewer(context)
      const wanted = {
        requestId: requestId.toLowerCase(),
        sessionId: sessionId == null ? null : sessionIdOf(sessionId),
      }
      return { export: await context.services.requestExport(viewer, wanted) }
    },
  }),
)
