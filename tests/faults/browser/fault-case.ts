/** One scripted case: a learner, a fault, what is left of it, and its row in the summary. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startVoice, type Voice } from '../../../server/partner/voice/voice.ts'
import { openBrowser } from '../../support/browser.ts'
import { type Account, Learner, makeAccount } from './learner.ts'
import { type Stage, startStage } from './stage.ts'

export interface FaultRow {
  name: string
  lostSegments: number
  lostAudioSeconds: number
  doubledRows: number
  /** From the end of the fault, or the next visit; null where there was nothing to recover from. */
  recoverySeconds: number | null
  /** What it asked of the learner. */
  learnerDid: string
}

/** Many runs in one row. */
export interface FaultRuns {
  runs: number
  recovered: number
  lostSegments: number
  lostAudioSeconds: number
  doubledRows: number
  medianSeconds: number | null
  longestSeconds: number | null
}

declare module 'vitest' {
  interface TaskMeta {
    faultRow?: FaultRow
    faultRuns?: FaultRuns
  }
}

export interface Outcome {
  recoverySeconds: number | null
  learnerDid: string
  /** ENDED where not said; several with | between them. */
  status?: string
  /** The slice that was being recorded when the browser died may be lost. */
  isCrash?: boolean
}

export interface Scene {
  stage: Stage
  browser: Browser
  voice: Voice
  learner: Learner
}

/** What most faults ask of the learner. */
export const nothing = 'nothing'

/** The installation, the browser and the voice that the cases of a file share. */
export function setScene(env: Record<string, string> = {}): () => Omit<Scene, 'learner'> & { account: Account } {
  let stage: Stage
  let browser: Browser
  let voice: Voice
  let account: Account
  beforeAll(async () => {
    ;[stage, browser] = await Promise.all([startStage(env), openBrowser()])
    voice = startVoice()
    account = await makeAccount(browser, stage)
  })
  afterAll(async () => {
    await browser?.close()
    await voice?.close()
    await stage?.close()
  })
  return () => ({ stage, browser, voice, account })
}

/** How long a fault lasts. */
export async function lasting(seconds: number): Promise<void> {
  await delay(seconds * 1_000)
}

/** Plays a case with a learner of its own, and expects that nothing was lost or doubled. */
export function faultCase(
  name: string,
  scene: ReturnType<typeof setScene>,
  play: (scene: Scene) => Promise<Outcome>,
  timeoutMs = 150_000,
): void {
  it(name, { timeout: timeoutMs }, async ({ task }) => {
    const { stage, browser, voice, account } = scene()
    const learner = await Learner.open(stage, browser, account, voice)
    try {
      const outcome = await play({ stage, browser, voice, learner })
      const losses = await learner.findLosses()
      const { lostSegments, lostAudioSeconds, doubledRows, status, details } = losses
      const { recoverySeconds, learnerDid, isCrash = false } = outcome
      if (details.length > 0) console.log(`${name}: ${details.join('; ')}`)
      task.meta.faultRow = { name, lostSegments, lostAudioSeconds, doubledRows, recoverySeconds, learnerDid }
      expect((outcome.status ?? 'ENDED').split('|')).toContain(status)
      expect(isCrash ? details.filter((line) => !line.startsWith('part ')) : details).toEqual([])
      expect(lostAudioSeconds).toBeLessThanOrEqual(isCrash ? 1 + 0.3 : 0)
    } catch (error) {
      await learner.shoot(`failed ${name}`)
      const said = stage.server().output().split('\n').slice(-40).join('\n')
      throw new Error(`${error instanceof Error ? error.message : String(error)}\nThe server said: ${said}`, {
        cause: error,
      })
    } finally {
      stage.mendNetwork()
      stage.way.forget()
      await learner.leave()
    }
  })
}
