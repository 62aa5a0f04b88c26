import { Button } from '../../components/Button.tsx'
import { ExportState } from '../../components/ExportState.tsx'
import { toDay, toTime } from '../../components/format.ts'
import { Notice } from '../../components/Notice.tsx'
import { useViewer } from '../../hooks/use-account.ts'
import { useExports } from '../../hooks/use-exports.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

/** A copy of everything, whenever one likes. */
export function YourData({ headingId }: { headingId: string }) {
  const { timeZone } = useViewer().preferences
  const { exports, ask } = useExports()
  const form = useFaultForm(() => ask())
  return (
    <form class="settings__form" onSubmit={form.submit}>
      <div>
        <h2 id={headingId}>Your data</h2>
        <p class="soft">
          Everything that you have said here is yours. Export it as a zip, with all recordings, words and feedback, and
          a page that opens without Parley. A single session is exported or deleted on its own page.
        </p>
      </div>
      {exports !== null && exports.length > 0 && (
        <ul class="exports">
          {exports.map((asked) => (
            <li key={asked.id} class="exports__row">
              <span>
                {asked.isWhole ? 'Everything' : 'One session'}
                <span class="faint small">
                  {' '}
                  of {toDay(asked.createdAt, timeZone)}, {toTime(asked.createdAt, timeZone)}
                </span>
              </span>
              <ExportState asked={asked} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div>
        <Button type="submit" busy={form.isBusy}>
          Export everything
        </Button>
      </div>
    </form>
  )
}
