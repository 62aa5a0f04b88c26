/** Three minutes of talk: nothing of it is lost, and nothing that holds it grows. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startVoice, type Voice } from '../../server/partner/voice/voice.ts'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { decodeRecording, loudness } from '../support/decode-recording.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { hearPartnerOut, pickTopic, readStoredSession, signUpOnPage } from '../support/learner-steps.ts'
import { say } from '../support/spoken-microphone.ts'
import { plainReplies, toSpeech } from './talk.ts'

const talkSeconds = 180
const maxGrowthMegabytes = 10

let dataFolder: string
let installation: InstallationProcess
let browser: Browser
let voice: Voice

describeWithBrowser('three minutes of talk', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-three-minutes-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    browser = await openBrowser()
    voice = startVoice()
  })
  afterAll(async () => {
    await browser?.close()
    await voice?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it('are all in recording and transcript, while server and partner stay as large as after the first', async () => {
    const { page, faults } = await openLearner(browser, await installation.url)
    await signUpOnPage(page)
    await pickTopic(page, 'Getting to know you')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    const said: string[] = []
    const memory: { second: number; megabytes: Record<string, number> }[] = []
    let elapsed = 0
    while (elapsed < talkSeconds) {
      if (elapsed < talkSeconds - 25 && (await hasNextTurn(page))) {
        await hearPartnerOut(page)
        const cards = plainReplies(page)
        const reply = await cards.nth(said.length % (await cards.count())).innerText()
        await say(page, await toSpeech(voice, reply))
        await page.getByRole('region', { name: 'Live captions' }).getByText(reply).last().waitFor()
        said.push(reply)
      }
      elapsed = await waitForSecond(page, elapsed + 18)
      memory.push({ second: elapsed, megabytes: measure() })
    }
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByText(/^Saved\./).waitFor()

    const { recording, transcript } = await readStoredSession(page)
    const heard = transcript.segments.filter((segment) => segment.speaker === 'LEARNER').map((segment) => segment.text)
    expect(heard).toEqual(said)
    const response = await page.request.get(recording.url)
    const decoded = await decodeRecording(new Uint8Array(await response.body()).buffer)
    expect(decoded.decodedSeconds).toBeGreaterThan(talkSeconds - 2)
    for (const { speaker, startMs, endMs, text } of transcript.segments) {
      const channel = speaker === 'LEARNER' ? decoded.left : decoded.right
      const [from, to] = [(startMs - recording.startMs) / 1000, (endMs - recording.startMs) / 1000]
      expect(loudness(channel, decoded.sampleRate, Math.max(0, from), to), text).toBeGreaterThan(-40)
    }
    console.table(memory.map(({ second, megabytes }) => ({ second, ...megabytes })))
    // Garbage waits to be collected, so the peak of the first minute is held against the floor of the last.
    const megabytesOf = (name: string, from: number, to: number): number[] =>
      memory
        .filter(({ second }) => second >= from && second <= to)
        .map(({ megabytes }) => megabytes[name] ?? Number.NaN)
    for (const name of Object.keys(memory[0]?.megabytes ?? {})) {
      const growth = Math.min(...megabytesOf(name, talkSeconds - 60, Infinity)) - Math.max(...megabytesOf(name, 0, 72))
      expect(growth, `${name} grows by MB`).toBeLessThan(maxGrowthMegabytes)
    }
    expect(faults).toEqual([])
  })
})

/** False once the partner has said goodbye: then there is nothing to answer. */
async function hasNextTurn(page: Page): Promise<boolean> {
  return (await page.getByRole('region', { name: 'Replies you can say' }).count()) > 0
}

/** By the page's own clock. */
async function waitForSecond(page: Page, second: number): Promise<number> {
  const clock = page.getByRole('timer')
  let now = 0
  await expect
    .poll(async () => (now = toSeconds(await clock.innerText())), { timeout: 60_000, interval: 500 })
    .toBeGreaterThanOrEqual(second)
  return now
}

function toSeconds(clock: string): number {
  const [minutes, seconds] = clock.split(':')
  return Number(minutes) * 60 + Number(seconds)
}

/** Resident memory of the server and of each of the partner's processes, by program and process id. */
function measure(): Record<string, number> {
  const megabytes: Record<string, number> = {}
  for (const pid of installation.descendants()) {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    const entry = /server\/(main|partner\/main|partner\/media\/media-child)\.ts/.exec(command)?.[1]
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (entry && resident) megabytes[`${entry} ${pid}`] = Math.round(Number(resident) / 1024)
  }
  return megabytes
}
