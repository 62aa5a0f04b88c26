import { builder } from '../builder.ts'
import { Viewer } from './viewer.type.ts'

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    description: 'Null when nobody is signed in.',
    resolve: (_root, _args, { services, viewer }) => (viewer ? services.getViewer(viewer) : null),
  }),
)
