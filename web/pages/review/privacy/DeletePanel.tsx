import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { useDeleteSession } from '../../../hooks/use-delete-session.ts'
import { useFaultForm } from '../../../hooks/use-fault-form.ts'
import { pathTo } from '../../../paths.ts'
import type { OwnSession } from './SessionData.tsx'

/** The end of a session: for good, and for everybody. */
export function DeletePanel({ session }: { session: OwnSession }) {
  const { route } = useLocation()
  const [isAsking, setIsAsking] = useState(false)
  const form = useFaultForm(useDeleteSession(session.id), () => route(pathTo.history, true))
  return (
    <div class="session-data__part">
      <div>
        <h3>Delete it</h3>
        <p class="soft">For good, on every device.</p>
      </div>
      <div>
        <Button look="danger" onClick={() => setIsAsking(true)}>
          Delete this session
        </Button>
      </div>
      {isAsking && (
        <Dialog title={`Delete “${session.title}”?`} onClose={() => setIsAsking(false)}>
          <form class="dialog__form" onSubmit={form.submit}>
            <p>
              Its words, its recording and its feedback are deleted
              {session.publication ? ', its public link stops working' : ''}, and exports that hold it go too. Nobody
              can bring it back.
            </p>
            {form.message && <Notice tone="problem">{form.message}</Notice>}
            <div class="button-row">
              <Button look="danger" type="submit" busy={form.isBusy}>
                Delete for good
              </Button>
              <Button look="quiet" onClick={() => setIsAsking(false)}>
                Keep it
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </div>
  )
}
