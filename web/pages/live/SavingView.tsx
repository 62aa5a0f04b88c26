import { Button } from '../../components/Button.tsx'
import { endCauses, toSaveTrouble } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useIsOnline } from '../../hooks/use-is-online.ts'
import type { SaveProgress } from '../../realtime/keep-saving.ts'
import type { LiveState } from '../../realtime/live-state.ts'
import type { SaveStep } from '../../realtime/save-session.ts'

const steps: { steps: SaveStep[]; label: string }[] = [
  { steps: ['transcript'], label: 'Your words' },
  { steps: ['preparing', 'uploading'], label: 'Your recording' },
  { steps: ['checking'], label: 'Checked by the server' },
]

export interface SavingViewProps {
  state: LiveState
  onNow: () => void
  onLeave: () => void
}

/** Honest about saving: it says saved only when the server has verified the recording and taken every word. */
export function SavingView({ state, onNow, onLeave }: SavingViewProps) {
  const { phase, save, endCause } = state
  const isSaved = phase === 'saved'
  const isHeld = !isSaved && save.failure !== null
  return (
    <section class="card saving" aria-label="Saving">
      <div class={`saving__mark saving__mark--${isSaved ? 'saved' : isHeld ? 'failed' : 'now'}`}>
        {isSaved || isHeld ? <Icon name={isSaved ? 'check' : 'alert'} /> : <span class="spinner" aria-hidden="true" />}
      </div>
      <div role="status" aria-live="polite">
        <h2>{isSaved ? 'Saved' : isHeld ? 'Not saved yet' : 'Saving…'}</h2>
        {!isSaved && !isHeld && <p class="soft">Please keep this page open for a moment.</p>}
      </div>
      {endCause !== null && <FaultNotice tone="info" message={endCauses[endCause]} />}
      {isHeld && <SaveHeld save={save} />}
      <ol class="saving__steps">
        {steps.map((step, index) => (
          <Step
            key={step.label}
            label={step.steps.includes(save.step ?? 'saved') ? withShare(step.label, save.share) : step.label}
            state={isSaved ? 'done' : stateOf(index, save.step)}
            isStuck={isHeld}
          />
        ))}
      </ol>
      {isHeld && (
        <div class="button-row">
          <Button look="primary" onClick={onNow}>
            Try now
          </Button>
          <Button look="quiet" onClick={onLeave}>
            Do something else meanwhile
          </Button>
        </div>
      )}
    </section>
  )
}

function SaveHeld({ save }: { save: SaveProgress }) {
  const isOnline = useIsOnline()
  const { failure, isStuck, retryAtMs } = save
  const isRefused = isStuck && retryAtMs === null
  return (
    <FaultNotice
      message={toSaveTrouble({ isOnline, failure: failure ?? '', isRefused })}
      nextTryMs={isOnline ? retryAtMs : null}
    />
  )
}

function withShare(label: string, share: number | null): string {
  return share === null ? label : `${label}: ${Math.round(share * 100)} %`
}

function Step({ label, state, isStuck }: { label: string; state: 'done' | 'now' | 'next'; isStuck: boolean }) {
  return (
    <li class="saving__step" data-state={state}>
      {state === 'done' ? (
        <Icon name="check" />
      ) : state === 'now' && !isStuck ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        <Icon name={state === 'now' ? 'alert' : 'clock'} />
      )}
      {label}
    </li>
  )
}

function stateOf(index: number, saveStep: SaveStep | null): 'done' | 'now' | 'next' {
  if (saveStep === 'saved') return 'done'
  const current = steps.findIndex((step) => saveStep !== null && step.steps.includes(saveStep))
  if (index < current) return 'done'
  return index === current ? 'now' : 'next'
}
