/** Every page, at three widths, light and dark: readable by everyone, and nothing sticks out. Then the ways through that need no voice. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endedSessionId } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { segmentInput, signUpClient } from '../support/graphql-client.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { pickTopic, readStoredSession, signUpOnPage } from '../support/learner-steps.ts'
import { inspect } from './inspect-page.ts'
import { hearNextQuestion, hearQuestion, plainReplies } from './talk.ts'

let dataFolder: string
let installation: InstallationProcess
let url: string
let browser: Browser

describeWithBrowser('the pages', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-pages-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    ;[url, browser] = await Promise.all([installation.url, openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it(
    'are readable by everyone at every width, in both colour schemes, along a conversation that is typed and tapped',
    { timeout: 240_000 },
    async () => {
      const { page, faults } = await openLearner(browser, url)
      await page.goto('/')
      await page.getByLabel('Email').waitFor()
      await inspect(page, 'welcome')
      await page.goto('/sign-in')
      await page.getByLabel('Password').waitFor()
      await inspect(page, 'sign-in')
      await signUpOnPage(page)
      await page.getByRole('region', { name: 'Topics' }).waitFor()
      await inspect(page, 'practise')
      await page.goto('/history')
      await page.getByRole('heading', { name: 'History' }).waitFor()
      await inspect(page, 'history-empty')
      await page.goto('/progress')
      await page.getByRole('heading', { level: 1, name: 'Progress' }).waitFor()
      await inspect(page, 'progress-empty')
      await page.goto('/tests')
      await page.getByRole('button', { name: /^Start the/ }).waitFor()
      await inspect(page, 'speaking-test-start')
      await page.goto('/settings')
      await page.getByLabel('Name', { exact: true }).waitFor()
      await inspect(page, 'settings')
      await page.goto('/no/such/page')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await inspect(page, 'not-found')

      await page.goto('/practise')
      await pickTopic(page, 'Getting to know you')
      await page.getByText('Say something: the bars should move.').waitFor()
      await inspect(page, 'microphone')
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      const first = await hearQuestion(page)
      await inspect(page, 'live')
      const tapped = await plainReplies(page).first().innerText()
      await plainReplies(page).first().click()
      const second = await hearNextQuestion(page, first)
      const typed = await plainReplies(page).last().innerText()
      await page.getByRole('button', { name: 'Type' }).click()
      await page.getByLabel('Type your answer').fill(typed)
      await page.keyboard.press('Enter')
      await hearNextQuestion(page, second)
      await inspect(page, 'live-later')
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      await inspect(page, 'review')
      const { transcript } = await readStoredSession(page)
      expect(
        transcript.segments.filter((segment) => segment.speaker === 'LEARNER').map((segment) => segment.text),
      ).toEqual([tapped, typed])
      await page.goto('/history')
      await page.getByRole('link', { name: /Getting to know you/ }).waitFor()
      await inspect(page, 'history')
      expect(faults).toEqual([])
    },
  )

  it('let a learner out and in again, and say what is wrong with a password without saying which part', async () => {
    const { page } = await openLearner(browser, url)
    await signUpOnPage(page)
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto('/sign-in')
    await page.getByLabel('Email').fill('nobody@example.org')
    await page.getByLabel('Password').fill('a good password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('The address or the password is wrong.').waitFor()
    await page.goto('/history')
    await page.getByLabel('Password').waitFor()
  })

  it(
    'show a stranger what was published: without an account, without a cookie, and without asking anybody else for anything',
    { timeout: 120_000 },
    async () => {
      const { context, page, faults } = await openLearner(browser, url)
      const hosts = new Set<string>()
      context.on('request', (request) => hosts.add(new URL(request.url()).host))
      page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
      await page.goto(`/p/${await publishedSlug()}`)
      const lines = page.getByRole('list', { name: 'Transcript' }).getByRole('listitem')
      await lines.first().waitFor()
      expect(await lines.locator('.line__text').allInnerTexts()).toEqual([
        'Where were you born?',
        'I was born in Bern.',
      ])
      await page.getByText(/^Marta, practising with Parley/).waitFor()
      await inspect(page, 'published')
      expect([...hosts]).toEqual([new URL(url).host])
      expect(await context.cookies()).toEqual([])
      expect(faults).toEqual([])
      await context.close()
    },
  )
})

/** Of a session without sound, by somebody else. */
async function publishedSlug(): Promise<string> {
  const author = await signUpClient(url, 'Marta')
  const sessionId = await endedSessionId(
    author,
    segmentInput('q', { text: 'Where were you born?' }),
    segmentInput('a', {
      previousItemId: 'q',
      speaker: 'LEARNER',
      text: 'I was born in Bern.',
      startMs: 1_500,
      endMs: 2_500,
    }),
  )
  const input = { sessionId, includeAudio: false, confirm: 'publish transcript' }
  const { slug } = await mutate(author, 'publishSession', { input })
  return slug
}
