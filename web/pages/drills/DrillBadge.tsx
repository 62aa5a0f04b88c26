import type { DrillStatus } from '../../gql/documents.ts'

/** How a drill stands that has no score. */
export function DrillBadge({ status }: { status: DrillStatus }) {
  if (status === 'STARTED') return <span class="badge badge--good">Resume</span>
  if (status === 'FAILED') return <span class="badge badge--warning">Not scored</span>
  return <span class="badge">Being scored</span>
}
