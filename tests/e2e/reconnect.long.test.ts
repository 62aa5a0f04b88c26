/** A call that is lost in the middle: it comes back by itself, and the conversation goes on where it was. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { pickTopic, readStoredSession, signUpOnPage } from '../support/learner-steps.ts'
import { hearNextQuestion, hearQuestion, plainReplies } from './talk.ts'

/** Two seconds to notice, eight in which a drop may heal, and the call itself; the rest is for a busy machine. */
const backWithinMs = 60_000

let dataFolder: string
let installation: InstallationProcess
let browser: Browser

describeWithBrowser('a call that is lost', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-reconnect-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it(
    'comes back by itself when the process that carries its sound dies, and says nothing twice',
    {
      timeout: 180_000,
    },
    async () => {
      const { page } = await openLearner(browser, await installation.url)
      await signUpOnPage(page)
      await pickTopic(page, 'Getting to know you')
      await page.getByText('Say something: the bars should move.').waitFor()
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      const hello = await hearQuestion(page)
      const reply = await plainReplies(page).first().innerText()
      await plainReplies(page).first().click()
      const open = await hearNextQuestion(page, hello)

      killMediaProcesses()
      // It asks again what was open, and does not begin anew.
      const question = /[^.!?]*\?/.exec(open)?.[0].trim() ?? open
      const lines = page.locator('[data-speaker="PARTNER"] .caption__text')
      await expect.poll(() => lines.count(), { timeout: backWithinMs }).toBe(3)
      expect(await hearQuestion(page)).toContain(question)

      const next = await plainReplies(page).first().innerText()
      const former = await lines.last().innerText()
      await plainReplies(page).first().click()
      await hearNextQuestion(page, former)
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      const { transcript, recording } = await readStoredSession(page)
      const stored = transcript.segments.map(({ speaker, text }) => `${speaker} ${text}`)
      expect(stored.filter((line) => line === `PARTNER ${hello}`)).toHaveLength(1)
      expect(stored.filter((line) => line.startsWith('LEARNER'))).toEqual([`LEARNER ${reply}`, `LEARNER ${next}`])
      // The recorder never stopped: it is as long as the talk.
      const lastMs = Math.max(...transcript.segments.map(({ endMs }) => endMs))
      expect(recording.durationSeconds * 1_000).toBeGreaterThan(lastMs - recording.startMs - 2_000)
    },
  )
})

/** All of them: any may be the one that has the call. */
function killMediaProcesses(): void {
  const isForSound = (id: number): boolean =>
    readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('media/media-child.ts')
  const pids = installation.descendants().filter(isForSound)
  if (pids.length === 0) throw new Error('There is no process for sound')
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}
