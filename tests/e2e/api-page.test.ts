/** The documentation of the API at `/api`: what it explains, what can be tried in it, and that it keeps to itself. */
import path from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProgram } from '../graphql/an-access-token.ts'
import { startedSessionId } from '../graphql/a-session.ts'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { GraphqlClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { signUpOnPage } from '../support/learner-steps.ts'
import { inspect } from './inspect-page.ts'

const webRoot = path.resolve('dist/web')

/** Made by GraphiQL and CodeMirror in ways that are not ours to change: tabs with a button inside, and a place that scrolls by its text area. */
const ofGraphiql = ['.graphiql-tab', '.CodeMirror-scroll']

let browser: Browser
let installation: TestInstallation
let taciturn: TestInstallation

/** Someone who has signed up, and the window that the link in the settings opens. */
async function openApiPage(
  url: string,
): Promise<{ context: BrowserContext; page: Page; faults: string[]; hosts: Set<string> }> {
  const { context, page: app, faults } = await openLearner(browser, url)
  const hosts = new Set<string>()
  context.on('request', (request) => hosts.add(new URL(request.url()).host))
  context.on('page', (page) => {
    page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  })
  await signUpOnPage(app)
  await app.goto('/settings')
  const opened = context.waitForEvent('page')
  await app.getByRole('link', { name: 'Look at the API and try it' }).click()
  const page = await opened
  await page.getByRole('button', { name: 'Execute query' }).waitFor()
  return { context, page, faults, hosts }
}

const answer = (page: Page): Locator => page.getByRole('region', { name: 'Result Window' })

async function run(page: Page, tab: string): Promise<void> {
  await page.getByRole('tab', { name: tab }).click()
  await page.getByRole('button', { name: 'Execute query' }).click()
}

/** The learner of this window, as a client of the API. */
async function toClient(context: BrowserContext, url: string): Promise<GraphqlClient> {
  const client = new GraphqlClient(url)
  const [cookie] = await context.cookies()
  client.cookie = cookie ? `${cookie.name}=${cookie.value}` : null
  return client
}

describeWithBrowser('the page of the API', () => {
  beforeAll(async () => {
    ;[browser, installation, taciturn] = await Promise.all([
      openBrowser(),
      startTestInstallation({ over: { webRoot } }),
      startTestInstallation({ over: { webRoot }, env: { GRAPHQL_INTROSPECTION: 'false' } }),
    ])
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([installation?.close(), taciturn?.close()])
  })

  it(
    'explains every field, runs the examples as whoever is signed in, and asks nobody else for anything',
    { timeout: 180_000 },
    async () => {
      const { context, page, faults, hosts } = await openApiPage(installation.url)
      const learner = await toClient(context, installation.url)
      await page.getByText(/^Signed in as ana/).waitFor()

      await run(page, 'NewestSessions')
      await answer(page).getByText('"totalCount": 0').waitFor()
      await run(page, 'EndSession')
      await answer(page).getByText('"NotFoundFault"').waitFor()

      await run(page, 'FollowHistory')
      await answer(page).getByText('"READY"').waitFor()
      await startedSessionId(learner)
      await answer(page).getByText('"CHANGED"').waitFor()
      await page.getByRole('button', { name: 'Stop query' }).click()

      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
      await page.getByRole('link', { name: 'Query', exact: true }).click()
      await page.getByText('What there is to talk about, by level, then title.').waitFor()
      await inspect(page, 'api-explained', ofGraphiql)

      await page.getByRole('button', { name: 'Open settings dialog' }).click()
      await page.getByRole('button', { name: 'Clear data' }).waitFor()
      expect(faults).toEqual([])
      expect([...hosts]).toEqual([new URL(installation.url).host])
      await context.close()
    },
  )

  it(
    'sends what is asked with an access token that is given to it, and forgets that with the page',
    { timeout: 180_000 },
    async () => {
      const { context, page } = await openApiPage(installation.url)
      const { value } = await createProgram(await toClient(context, installation.url), { scopes: ['HISTORY_READ'] })
      await page.getByRole('button', { name: 'Use a token' }).click()
      await page.getByLabel('Access token').fill(`${value}x`)
      await page.getByRole('button', { name: 'Use it' }).click()
      await page.getByText('No account has this token').waitFor()
      await inspect(page, 'api-token', ofGraphiql)
      await page.getByLabel('Access token').fill(value)
      await page.getByRole('button', { name: 'Use it' }).click()
      await page.getByText(/^With an access token of ana/).waitFor()

      await run(page, 'EndSession')
      // What the cookie would let it do, the token does not.
      await answer(page).getByText('"ForbiddenFault"').waitFor()
      await run(page, 'FollowHistory')
      await answer(page).getByText('"READY"').waitFor()
      const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
      expect(kept).not.toContain(value)
      await page.goto(`${installation.url}/api`)
      await page.getByText(/^Signed in as ana/).waitFor()
      await context.close()
    },
  )

  it(
    'explains the schema that came with it where the installation answers no introspection, and says so',
    { timeout: 180_000 },
    async () => {
      const { context, page, faults } = await openApiPage(taciturn.url)
      await page.getByText('This installation answers no introspection.').waitFor()
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
      await page.getByRole('link', { name: 'Query', exact: true }).click()
      await page.getByText('What there is to talk about, by level, then title.').waitFor()
      expect(faults.filter((fault) => !fault.includes('status of 400'))).toEqual([])
      await context.close()
    },
  )
})
