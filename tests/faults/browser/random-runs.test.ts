/**
 * Many conversations in a browser through a fixed mix of faults: what they said is all kept, and nearly all go on and are saved
 * without the learner doing anything. `PARLEY_FAULT_SEED=n` plays one run again.
 */
import type { Browser } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startVoice, type Voice } from '../../../server/partner/voice/voice.ts'
import { openBrowser } from '../../support/browser.ts'
import { describeWithBrowser } from '../../support/browser-skip.ts'
import { createRandom } from '../random.ts'
import { type Account, Learner, makeAccount } from './learner.ts'
import { type RandomRun, runRandomly } from './random-run.ts'
import { type Stage, startStage } from './stage.ts'

const wanted = process.env['PARLEY_FAULT_SEED']
const seeds = wanted === undefined ? Array.from({ length: 40 }, (_, index) => index + 1) : [Number(wanted)]
/** Installations at once. */
const lanes = 2

interface Result extends RandomRun {
  seed: number
}

describe('random runs', () => {
  describeWithBrowser('conversations in a browser through a mix of faults', () => {
    it(
      `${seeds.length} of them lose nothing, and 95 % go on by themselves`,
      { timeout: 90 * 60_000 },
      async ({ task }) => {
        const browser = await openBrowser()
        const voice = startVoice()
        const left = [...seeds]
        const results: Result[] = []
        const failures: string[] = []
        await Promise.all(
          Array.from({ length: Math.min(lanes, seeds.length) }, async () => {
            for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
              try {
                results.push({ seed, ...(await playSeed(seed, browser, voice)) })
              } catch (error) {
                failures.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
              }
              tell(seed, results, failures)
            }
          }),
        )
        await browser.close()
        await voice.close()
        const recovered = results.filter(({ isRecovered }) => isRecovered).length
        task.meta.faultRuns = { runs: seeds.length, recovered, ...summarise(results) }
        expect(failures).toEqual([])
        expect(results.flatMap(({ seed, losses }) => losses.details.map((line) => `seed ${seed}: ${line}`))).toEqual([])
        expect(recovered / seeds.length).toBeGreaterThanOrEqual(0.95)
      },
    )
  })
})

/** On an installation of its own, so that nothing of a former run weighs on it. */
async function playSeed(seed: number, browser: Browser, voice: Voice): Promise<RandomRun> {
  const stage: Stage = await startStage()
  try {
    const account: Account = await makeAccount(browser, stage)
    const learner = await Learner.open(stage, browser, account, voice)
    try {
      return await runRandomly(stage, learner, createRandom(seed))
    } catch (error) {
      await learner.shoot(`seed ${seed}`)
      throw error
    } finally {
      await learner.leave()
    }
  } finally {
    await stage.close()
  }
}

function tell(seed: number, results: readonly Result[], failures: readonly string[]): void {
  const result = results.find((each) => each.seed === seed)
  if (!result) return console.log(`${failures.at(-1)}; PARLEY_FAULT_SEED=${seed} plays it again`)
  const { story, isRecovered, losses, recoverySeconds } = result
  const kept = losses.details.length === 0 ? 'all kept' : losses.details.join('; ')
  console.log(
    `seed ${seed}: ${story.join(', ')}; ${isRecovered ? `on after ${recoverySeconds.join(' and ')} s` : 'NOT recovered'}; ${kept}`,
  )
}

function summarise(results: readonly Result[]) {
  const sum = (of: (result: Result) => number): number => results.reduce((total, result) => total + of(result), 0)
  const seconds = results.flatMap(({ recoverySeconds }) => recoverySeconds).toSorted((a, b) => a - b)
  return {
    lostSegments: sum(({ losses }) => losses.lostSegments),
    lostAudioSeconds: sum(({ losses }) => losses.lostAudioSeconds),
    doubledRows: sum(({ losses }) => losses.doubledRows),
    medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
    longestSeconds: seconds.at(-1) ?? null,
  }
}
