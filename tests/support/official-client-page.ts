/** Serves a page with an official client, made from its sources for this run, and drives what the page offers. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'

const SOURCES = new URL('../web/official-clients/', import.meta.url)
const HTML = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'

export interface PageSite {
  url: string
  close(): Promise<void>
}

export async function servePage(name: string): Promise<PageSite> {
  const scripts = await bundle(fileURLToPath(new URL(`${name}.ts`, SOURCES)))
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '')
    response.writeHead(200, { 'content-type': script === undefined ? 'text/html' : 'text/javascript' })
    response.end(script ?? HTML)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Something that the page's `parleyTest` knows or does: an expression on it. */
export function ask<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(`parleyTest.${expression}`)
}

/** Waits until an expression on `parleyTest`'s ledger is true. */
export async function until(page: Page, expression: string): Promise<void> {
  try {
    await page.waitForFunction(`parleyTest.ledger.${expression}`, undefined, { timeout: 30_000, polling: 50 })
  } catch (cause) {
    const ledger = await page.evaluate('JSON.stringify(parleyTest.ledger, null, 1)')
    throw new Error(`Never true of the ledger: ${expression}\n${String(ledger)}`, { cause })
  }
}

/** The page's script and what it loads, by their paths. */
async function bundle(entry: string): Promise<Map<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, target: 'esnext', lib: { entry, formats: ['es'], fileName: 'page' } },
  })
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
  return new Map(outputs.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code]] : [])))
}
