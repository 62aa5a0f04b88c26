/** A page in every width and colour scheme: nothing sticks out, and everyone can read it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const widths = [390, 768, 1440]
/** Where pictures of all pages go, for a person to look at; nowhere when not set. */
const pictureFolder = process.env['PARLEY_PICTURES_DIR']

const untilStill = `Promise.allSettled(document.getAnimations()
  .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
  .map((animation) => animation.finished)).then(() => undefined)`
const widerByPixels = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

/** Looks at the page as it is in every width and scheme, and leaves it as it was; parts that match `except` are not read. */
export async function inspect(page: Page, name: string, except: string[] = []): Promise<void> {
  const before = page.viewportSize()
  await page.evaluate(axeSource)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      if (pictureFolder)
        await page.screenshot({ path: path.join(pictureFolder, `${name}-${width}-${colorScheme}.png`) })
      // The window takes its new size a moment after it was told to.
      await expect
        .poll(() => page.evaluate(widerByPixels), { message: `${name} at ${width} px is not wider`, timeout: 10_000 })
        .toBe(0)
    }
    // Colours may still be on their way from the other scheme.
    await page.evaluate(untilStill)
    expect(await findViolations(page, except), `${name}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
  if (before) await page.setViewportSize(before)
}

/** A picture of the page as it is, where pictures are wanted. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (pictureFolder) await page.screenshot({ path: path.join(pictureFolder, `${name}.png`) })
}

/** Only where pictures are wanted of every state there is: without them the way through is short. */
export const look = pictureFolder ? inspect : async (): Promise<void> => undefined

/** Source of the rules: WCAG 2.2, levels A and AA, as axe-core tests them. */
async function findViolations(page: Page, except: string[]): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const what = { include: [['html']], exclude: except.map((selector) => [selector]) }
  const script = `axe.run(${JSON.stringify(what)}, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`
  return page.evaluate(script)
}
