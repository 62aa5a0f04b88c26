import { Button } from '../../components/Button.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { LiveState } from '../../realtime/live-state.ts'
import type { SaveStep } from '../../realtime/save-session.ts'

const steps: { steps: SaveStep[]; label: string }[] = [
  { steps: ['transcript'], label: 'Your words' },
  { steps: ['preparing', 'uploading'], label: 'Your recording' },
  { steps: ['checking'], label: 'Checked by the server' },
]

/** Honest about saving: it says saved only when the server has verified the recording and taken every word. */
export function SavingView({
  state,
  onRetry,
  onLeave,
}: {
  state: LiveState
  onRetry: () => void
  onLeave: () => void
}) {
  const { phase, saveStep, saveFailure } = state
  return (
    <section class="card saving" aria-label="Saving">
      <div
        class={`saving__mark saving__mark--${phase === 'saved' ? 'saved' : phase === 'save-failed' ? 'failed' : 'now'}`}
      >
        {phase === 'saving' ? (
          <span class="spinner" aria-hidden="true" />
        ) : (
          <Icon name={phase === 'saved' ? 'check' : 'alert'} />
        )}
      </div>
      <div role="status" aria-live="polite">
        <h2>{phase === 'saving' ? 'Saving…' : phase === 'saved' ? 'Saved' : 'Not saved yet'}</h2>
        <p class="soft">
          {phase === 'save-failed'
            ? 'Everything is kept on this device until it is saved.'
            : 'Please keep this page open for a moment.'}
        </p>
        {saveFailure && <p>{saveFailure}</p>}
      </div>
      <ol class="saving__steps">
        {steps.map((step, index) => (
          <Step
            key={step.label}
            label={step.label}
            state={stateOf(index, saveStep)}
            isStuck={phase === 'save-failed'}
          />
        ))}
      </ol>
      {phase === 'save-failed' && (
        <div class="button-row">
          <Button look="primary" onClick={onRetry}>
            Try again
          </Button>
          <Button look="quiet" onClick={onLeave}>
            Do it later
          </Button>
        </div>
      )}
    </section>
  )
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
