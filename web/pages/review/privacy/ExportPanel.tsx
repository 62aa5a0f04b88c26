import { useState } from 'preact/hooks'
import { Button } from '../../../components/Button.tsx'
import { ExportState } from '../../../components/ExportState.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { useViewer } from '../../../hooks/use-account.ts'
import { useExports } from '../../../hooks/use-exports.ts'
import { useFaultForm } from '../../../hooks/use-fault-form.ts'

/** A copy of this session to keep. */
export function ExportPanel({ sessionId }: { sessionId: string }) {
  const { preferences } = useViewer()
  const { exports, ask } = useExports()
  const [askedId, setAskedId] = useState<string | null>(null)
  const form = useFaultForm(async () => {
    const answer = await ask(sessionId)
    if (answer && 'export' in answer) setAskedId((answer.export as { id: string }).id)
    return answer
  })
  const asked = exports?.find(({ id }) => id === askedId)
  return (
    <form class="session-data__part" onSubmit={form.submit}>
      <div>
        <h3>Take it along</h3>
        <p class="soft">A zip with the sound, the words as text, WebVTT and JSON, and the feedback.</p>
      </div>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      {asked ? (
        <ExportState asked={asked} timeZone={preferences.timeZone} />
      ) : (
        <div>
          <Button type="submit" busy={form.isBusy}>
            Export this session
          </Button>
        </div>
      )}
    </form>
  )
}
