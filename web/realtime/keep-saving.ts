/** Saves a session for as long as the page is open: by itself, again on `online` and every minute, and never in silence. */
import { patientRetry } from './retry.ts'
import { saveSession, type SaveSessionDeps, type SaveStep } from './save-session.ts'
import { ApiFault } from './session-api.ts'
import type { Waker } from './waker.ts'

/** How saving stands, for a page to show. */
export interface SaveProgress {
  step: SaveStep | null
  /** Of the upload that is under way, 0 to 1. */
  share: number | null
  /** What stood in the way last, in a sentence. */
  failure: string | null
  /** When it is tried again, on the page's clock; null while it is being tried, or when only the learner can go on. */
  retryAtMs: number | null
  /** Tried for minutes, or refused: it may take long. */
  isStuck: boolean
}

export const notSaving: SaveProgress = { step: null, share: null, failure: null, retryAtMs: null, isStuck: false }

const stepOrder: SaveStep[] = ['transcript', 'preparing', 'uploading', 'checking', 'saved']

const betweenRoundsMs = 60_000
/** The longest that a timer can wait. */
const untilWokenMs = 2_147_483_647

export interface KeepSavingOptions extends Omit<SaveSessionDeps, 'retry' | 'onStep' | 'onShare'> {
  /** Its `wake` tries again at once. */
  waker: Waker
  onProgress: (progress: SaveProgress) => void
  isStopped?: () => boolean
}

/** Resolves to true when the server holds everything, and to false when it was stopped before. */
export async function keepSaving(sessionId: string, options: KeepSavingOptions): Promise<boolean> {
  const { waker, onProgress, isStopped = () => false, ...deps } = options
  let progress: SaveProgress = { ...notSaving, step: 'transcript' }
  let failedAt: SaveStep = 'transcript'
  const tell = (change: Partial<SaveProgress>): void => onProgress((progress = { ...progress, ...change }))
  const retry = {
    ...patientRetry,
    wait: async (milliseconds: number) => {
      await waker.wait(milliseconds)
      if (isStopped()) throw new Stopped()
      tell({ retryAtMs: null })
    },
    onFailure: (error: unknown, waitMs: number) => {
      failedAt = progress.step ?? 'transcript'
      tell({ failure: toSentence(error), share: null, retryAtMs: performance.now() + waitMs })
    },
  }
  const onStep = (step: SaveStep): void => {
    // What stood in the way is told until that step is behind us, so that the page does not blink with each attempt.
    const isBehind = stepOrder.indexOf(step) > stepOrder.indexOf(failedAt) || step === 'preparing'
    tell({ step, share: null, retryAtMs: null, isStuck: false, ...(isBehind && { failure: null }) })
  }
  while (!isStopped()) {
    try {
      await saveSession(sessionId, { ...deps, retry, onStep, onShare: (share) => tell({ share }) })
      onStep('saved')
      return true
    } catch (error) {
      if (isStopped()) break
      failedAt = progress.step ?? 'transcript'
      const waitMs = isFinal(error) ? untilWokenMs : betweenRoundsMs
      const retryAtMs = isFinal(error) ? null : performance.now() + waitMs
      tell({ failure: toSentence(error), share: null, retryAtMs, isStuck: true })
      await waker.wait(waitMs)
      tell({ retryAtMs: null, isStuck: false })
    }
  }
  return false
}

class Stopped extends Error {}

/** Refused for good: until somebody mends it, another try would only say the same. A learner can sign in again meanwhile. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiFault && !error.isRetryable && error.code !== 'UNAUTHENTICATED'
}

function toSentence(error: unknown): string {
  if (error instanceof ApiFault && error.code === 'NETWORK') return 'The server could not be reached.'
  return error instanceof ApiFault ? error.message : 'Something went wrong while saving.'
}
