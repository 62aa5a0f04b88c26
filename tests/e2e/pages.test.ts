/** Every page, at three widths, light and dark: readable by everyone, and nothing sticks out. Then the ways through that need no voice. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { hearPartnerOut, pickTopic, readStoredSession, signUpOnPage } from '../support/learner-steps.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const widths = [390, 768, 1440]
/** Where pictures of all pages go, for a person to look at; nowhere when not set. */
const pictureFolder = process.env['PARLEY_PICTURES_DIR']

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
      await page.goto('/settings')
      await page.getByLabel('Name').waitFor()
      await inspect(page, 'settings')
      await page.goto('/no/such/page')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await inspect(page, 'not-found')

      await page.goto('/practise')
      await pickTopic(page, 'Getting to know you')
      await page.getByText('Say something: the bars should move.').waitFor()
      await inspect(page, 'microphone')
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      await hearPartnerOut(page)
      await inspect(page, 'live')
      const replies = page.getByRole('region', { name: 'Replies you can say' })
      await replies.getByRole('button', { name: 'I am very well, thank you.' }).click()
      await page
        .getByRole('region', { name: 'Live captions' })
        .getByText(/Where do you live/)
        .waitFor()
      await hearPartnerOut(page)
      await page.getByRole('button', { name: 'Type' }).click()
      await page.getByLabel('Type your answer').fill('I live in a big city.')
      await page.keyboard.press('Enter')
      await page
        .getByRole('region', { name: 'Live captions' })
        .getByText(/What do you like in your city/)
        .waitFor()
      await hearPartnerOut(page)
      await inspect(page, 'live-later')
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      await inspect(page, 'review')
      const { transcript } = await readStoredSession(page)
      expect(
        transcript.segments.filter((segment) => segment.speaker === 'LEARNER').map((segment) => segment.text),
      ).toEqual(['I am very well, thank you.', 'I live in a big city.'])
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
})

const widerByPixels = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

/** Looks at the page as it is in every width and scheme, and leaves it as it was. */
async function inspect(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  await page.evaluate(axeSource)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      if (pictureFolder)
        await page.screenshot({ path: path.join(pictureFolder, `${name}-${width}-${colorScheme}.png`) })
      // The window takes its new size a moment after it was told to.
      await expect.poll(() => page.evaluate(widerByPixels), { message: `${name} at ${width} px is not wider` }).toBe(0)
    }
    expect(await findViolations(page), `${name}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  if (before) await page.setViewportSize(before)
}

/** Source of the rules: WCAG 2.2, levels A and AA, as axe-core tests them. */
async function findViolations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const script = `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`
  return page.evaluate(script)
}
