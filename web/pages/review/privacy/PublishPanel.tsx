import { useState } from 'preact/hooks'
import { Button } from '../../../components/Button.tsx'
import { CopyField } from '../../../components/CopyField.tsx'
import { Switch } from '../../../components/Field.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { useUnpublishSessionMutation } from '../../../gql/hooks.ts'
import { useFaultForm } from '../../../hooks/use-fault-form.ts'
import { pathTo } from '../../../paths.ts'
import { PublishDialog } from './PublishDialog.tsx'
import type { OwnSession } from './SessionData.tsx'

/** Private until its owner says otherwise, twice; and again as soon as they say so once. */
export function PublishPanel({ session }: { session: OwnSession }) {
  const { publication } = session
  return (
    <div class="session-data__part">
      <div>
        <h3>{publication ? 'Everyone who has the link may see it' : 'Only you can see it'}</h3>
        <p class="soft">
          {publication
            ? `Published: ${publication.includeAudio ? 'the words and the recording' : 'the words, without the recording'}.`
            : 'You may publish it under a link that cannot be guessed, and take it back at any time.'}
        </p>
      </div>
      {publication ? (
        <Published sessionId={session.id} slug={publication.slug} />
      ) : (
        <Private sessionId={session.id} hasAudio={session.hasAudio} />
      )}
    </div>
  )
}

function Private({ sessionId, hasAudio }: { sessionId: string; hasAudio: boolean }) {
  const [includeAudio, setIncludeAudio] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      {hasAudio && <Switch label="With the recording" isOn={includeAudio} onChange={setIncludeAudio} />}
      <div>
        <Button icon="globe" onClick={() => setIsAsking(true)}>
          Publish
        </Button>
      </div>
      {isAsking && (
        <PublishDialog sessionId={sessionId} includeAudio={includeAudio} onClose={() => setIsAsking(false)} />
      )}
    </>
  )
}

function Published({ sessionId, slug }: { sessionId: string; slug: string }) {
  const [unpublish] = useUnpublishSessionMutation()
  const form = useFaultForm(async () => (await unpublish({ variables: { sessionId } })).data?.unpublishSession)
  return (
    <form class="session-data__part" onSubmit={form.submit}>
      <CopyField label="Link to the published session" value={new URL(pathTo.published(slug), location.origin).href} />
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div class="button-row">
        <a class="button" href={pathTo.published(slug)}>
          See it as others do
        </a>
        <Button type="submit" busy={form.isBusy}>
          Make it private again
        </Button>
      </div>
    </form>
  )
}
