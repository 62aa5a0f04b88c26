import type { DataExport } from '../hooks/use-exports.ts'
import { toDay, toTime } from './format.ts'
import { Notice } from './Notice.tsx'

/** Where one export stands, and its link once it is there. */
export function ExportState({ asked, timeZone }: { asked: DataExport; timeZone: string }) {
  const { status, progress, url, expiresAt, failure } = asked
  if (status === 'FAILED') return <Notice tone="problem">{failure?.message}</Notice>
  if (status !== 'COMPLETED')
    return (
      <label class="export-state">
        <span class="soft small">{status === 'PENDING' ? 'Waiting for its turn' : 'Being made'}</span>
        <progress value={progress} max={1} />
      </label>
    )
  if (url === null || expiresAt === null) return <p class="soft small">This export has run out.</p>
  return (
    <div class="export-state">
      <a class="button button--primary" href={url} download>
        Download
      </a>
      <span class="faint small">
        Kept until {toDay(expiresAt, timeZone)}, {toTime(expiresAt, timeZone)}
      </span>
    </div>
  )
}
