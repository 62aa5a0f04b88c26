import { z } from 'zod'
import type { DataExportRecord } from '../../db/queries/data-export.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { DataExportId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { ExportStatusEnum } from '../enums.ts'
import { Failure } from '../failure.type.ts'
import { parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { Viewer } from '../viewer/viewer.type.ts'

export const DataExport = builder.objectRef<DataExportRecord>('DataExport')

builder.node(DataExport, {
  description: "A copy of one session, or of all that is the viewer's.",
  id: { resolve: (asked) => asked.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findDataExport(viewer, id as DataExportId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'progress' in value,
  fields: (t) => ({
    status: t.expose('status', { type: ExportStatusEnum, description: 'Where it stands.' }),
    progress: t.exposeFloat('progress', { description: '0 to 1.' }),
    isWhole: t.boolean({
      description: "It holds all that is the viewer's, and not just one session.",
      resolve: ({ sessionId }) => sessionId === null,
    }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'Why it FAILED.',
      resolve: (asked) => asked.failure,
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was asked for: what started later is not in it.',
    }),
    url: t.string({
      nullable: true,
      description:
        'Signed zip, with a manifest of SHA-256 sums. Null until it is there, and once it has run out. May be a path on the address of this API.',
      resolve: (asked, _args, { services }) => services.presignExport(asked),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is deleted, a day after it was made; null until it is there.',
    }),
  }),
})

const DataExportConnection = builder.connectionObject(
  { type: DataExport, name: 'DataExportConnection', description: 'A page of exports.' },
  { name: 'DataExportEdge', description: 'An export and its place.' },
)

const exportCursor = z.tuple([z.uuid()]).transform(([id]) => id)

builder.objectField(Viewer, 'exports', (t) =>
  t.field({
    type: DataExportConnection,
    description: 'Newest first, those that are still kept.',
    args: {
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
    },
    async resolve(_user, args, { services, viewer }) {
      const before = parseCursor(exportCursor, args.after, 'after')
      const page = { before, limit: toPageSize(args).size }
      const { exports, hasMore } = await services.listDataExports(requireViewer(viewer), page)
      const cursorOf = (asked: DataExportRecord): string => toCursor([asked.id])
      return toConnection(exports, { cursorOf, hasNextPage: hasMore, hasPreviousPage: before !== null })
    },
  }),
)
