import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { toDate } from '../../components/format.ts'
import { ContentPacksDocument, type ContentPackStatus, type PackPartsFragment } from '../../gql/documents.ts'
import { useActivateContentPackMutation, useArchiveContentPackMutation } from '../../gql/hooks.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'
import { PackQuestions } from './PackQuestions.tsx'
import { toActivationWords, toArchivingWords } from './pack-words.ts'

export interface PackVersionProps {
  pack: PackPartsFragment
  active: PackPartsFragment | null
}

type Step = 'open' | 'activating' | 'archiving'

const badges: Record<ContentPackStatus, { label: string; tone: string }> = {
  ACTIVE: { label: 'Active', tone: ' badge--good' },
  DRAFT: { label: 'Draft', tone: ' badge--warning' },
  ARCHIVED: { label: 'Archived', tone: '' },
}

/** One version, where it stands, and what may be done with it. Either change is asked about first. */
export function PackVersion({ pack, active }: PackVersionProps) {
  const [step, setStep] = useState<Step>('open')
  const [hasQuestions, setHasQuestions] = useState(false)
  const { label, tone } = badges[pack.status]
  const name = `${pack.title} ${pack.version}`
  return (
    <div class="row">
      <div class="row__main">
        <span class="row__title numeric">
          {pack.version} <span class={`badge${tone}`}>{label}</span>
        </span>
        <PackFacts pack={pack} />
      </div>
      {step === 'open' && (
        <div class="button-row">
          <Button
            look="quiet"
            aria-label={`Questions of ${name}`}
            aria-expanded={hasQuestions}
            onClick={() => setHasQuestions(!hasQuestions)}
          >
            Questions
          </Button>
          {pack.canActivate && (
            <Button aria-label={`Activate ${name}`} onClick={() => setStep('activating')}>
              Activate
            </Button>
          )}
          {pack.canArchive && (
            <Button look="quiet" aria-label={`Archive ${name}`} onClick={() => setStep('archiving')}>
              Archive
            </Button>
          )}
        </div>
      )}
      {hasQuestions && <PackQuestions pack={pack} />}
      {step === 'activating' && <Activation pack={pack} active={active} onClose={() => setStep('open')} />}
      {step === 'archiving' && <Archiving pack={pack} onClose={() => setStep('open')} />}
    </div>
  )
}

function PackFacts({ pack }: { pack: PackPartsFragment }) {
  const { timeZone } = useViewer().preferences
  return (
    <span class="row__facts soft small">
      <span>
        Uploaded {toDate(pack.createdAt, timeZone)}
        {pack.isOwn ? ' by you' : ''}
      </span>
      {pack.activatedAt && <span>Activated {toDate(pack.activatedAt, timeZone)}</span>}
      <span class="numeric">{Math.ceil(pack.fileSizeBytes / 1024)} KB</span>
    </span>
  )
}

const anew = { refetchQueries: [ContentPacksDocument], awaitRefetchQueries: true }

function Activation({ pack, active, onClose }: PackVersionProps & { onClose: () => void }) {
  const [activate] = useActivateContentPackMutation(anew)
  const form = useFaultForm(
    async () => (await activate({ variables: { id: pack.id } })).data?.activateContentPack,
    onClose,
  )
  return <Question words={toActivationWords(pack, active)} yes="Yes, activate" form={form} onClose={onClose} />
}

function Archiving({ pack, onClose }: { pack: PackPartsFragment; onClose: () => void }) {
  const [archive] = useArchiveContentPackMutation(anew)
  const form = useFaultForm(
    async () => (await archive({ variables: { id: pack.id } })).data?.archiveContentPack,
    onClose,
  )
  return <Question words={toArchivingWords(pack)} yes="Yes, archive" form={form} onClose={onClose} />
}

interface QuestionProps {
  words: string
  yes: string
  form: ReturnType<typeof useFaultForm>
  onClose: () => void
}

function Question({ words, yes, form, onClose }: QuestionProps) {
  const answers = (
    <div class="button-row">
      <Button look="primary" busy={form.isBusy} onClick={form.submit}>
        {yes}
      </Button>
      <Button look="quiet" onClick={onClose}>
        Not now
      </Button>
    </div>
  )
  return (
    <div class="row__wide">
      <Notice tone="warning" action={answers}>
        {words}
      </Notice>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </div>
  )
}
