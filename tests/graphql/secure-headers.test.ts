/** What every answer tells the browser about what its page may do, and what only an installation behind TLS says. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort } from '../../server/embedded/free-port.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { sendRaw } from '../support/raw-http.ts'

let webRoot: string
let plain: TestInstallation
let secure: TestInstallation
/** Where the secure one listens: a proxy would stand in front of it. */
let behindTls: string

beforeAll(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), 'parley-pages-'))
  await writeFile(path.join(webRoot, 'index.html'), '<!doctype html><title>Parley</title>')
  await mkdir(path.join(webRoot, 'api'))
  await writeFile(path.join(webRoot, 'api/index.html'), '<!doctype html><title>API</title>')
  plain = await startTestInstallation({ over: { webRoot } })
  const port = await findFreePort()
  secure = await startTestInstallation({
    env: { PUBLIC_URL: 'https://parley.example.org', PORT: String(port) },
    over: { webRoot },
  })
  behindTls = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await Promise.all([plain.close(), secure.close()])
  await rm(webRoot, { recursive: true })
})

/** Directives of a Content-Security-Policy. */
function toDirectives(header: unknown): Record<string, string[]> {
  const parts = String(header).split(';')
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', ...sources] = part.trim().split(' ')
      return [name, sources]
    }),
  )
}

const toBody = (method: string): Buffer => Buffer.from(method === 'POST' ? '{"query":"{ partnerTier }"}' : '')

const places: [what: string, method: string, path: string, headers: Record<string, string>][] = [
  ['a page', 'GET', '/', { accept: 'text/html' }],
  ['a page of the app', 'GET', '/settings', { accept: 'text/html' }],
  ['the page that explains the API', 'GET', '/api', { accept: 'text/html' }],
  ['an answer of the API', 'POST', '/graphql', { 'content-type': 'application/json' }],
  ['what is not there', 'GET', '/nothing.js', {}],
  ['the health check', 'GET', '/health/live', {}],
]

describe.each(places)('%s', (_what, method, place, headers) => {
  it('runs scripts of its own files alone, and is framed by nobody', async () => {
    const answer = await sendRaw(method, `${plain.url}${place}`, headers, toBody(method))
    const directives = toDirectives(answer.headers['content-security-policy'])
    expect(directives).toMatchObject({
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    })
    expect(JSON.stringify(directives)).not.toMatch(/unsafe|https?:|\*/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['strict-transport-security']).toBeUndefined()
  })

  it('is for TLS alone where the installation is reached by https', async () => {
    const answer = await sendRaw(method, `${behindTls}${place}`, headers, toBody(method))
    const [, maxAge] = /^max-age=(\d+)/.exec(String(answer.headers['strict-transport-security'])) ?? []
    // Half a year at least.
    expect(Number(maxAge)).toBeGreaterThanOrEqual(180 * 24 * 3_600)
  })
})

it('the page that explains the API is at /api, the app everywhere else', async () => {
  const titleAt = async (place: string): Promise<string | undefined> => {
    const answer = await fetch(`${plain.url}${place}`, { headers: { accept: 'text/html' } })
    return /<title>(.*)<\/title>/.exec(await answer.text())?.[1]
  }
  expect(await Promise.all(['/api', '/api/', '/api?x=1', '/', '/apis', '/settings'].map(titleAt))).toEqual([
    'API',
    'API',
    'API',
    'Parley',
    'Parley',
    'Parley',
  ])
})
