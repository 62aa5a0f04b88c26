/** The system's Chromium, as a learner's browser on this machine. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { checkEvents } from './checked-events.ts'
import { microphoneScript } from './spoken-microphone.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Null where there is none: such tests are skipped then, which fails in CI. */
export function findChromium(): string | null {
  return places.find((place) => existsSync(place)) ?? null
}

/** A browser whose pages' talk with the partner is checked, event by event: how many there were so far. */
export type CheckedBrowser = Browser & { checkedEvents: { sent: number; received: number } }

/** Loopback only, no look-ups, a fake microphone whose use needs no question. `args` come on top. */
export async function openBrowser(args: string[] = []): Promise<CheckedBrowser> {
  const browser = await chromium.launch(launchOptions(args))
  const openContext = browser.newContext.bind(browser)
  const checkedEvents = { sent: 0, received: 0 }
  return Object.assign(browser, {
    checkedEvents,
    async newContext(options?: BrowserContextOptions) {
      const context = await openContext(options)
      await checkEvents(context, (way) => (checkedEvents[way] += 1))
      return context
    },
  })
}

/** The same, whose profile lies in a folder and outlives it. */
export async function openLastingBrowser(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, { ...launchOptions([]), ...options })
  await checkEvents(context, () => undefined)
  return context
}

function launchOptions(args: string[]): { executablePath: string; args: string[] } {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('Chromium is not installed')
  return {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--allow-loopback-in-peer-connection',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      ...args,
    ],
  }
}

/** A browser profile of its own, whose microphone says what the test lets it say. Collects what goes wrong in its pages. */
export async function openLearner(
  browser: Browser,
  url: string,
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({
    baseURL: url,
    permissions: ['microphone'],
    viewport: { width: 1280, height: 900 },
  })
  await context.addInitScript(microphoneScript)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { context, page, faults }
}
