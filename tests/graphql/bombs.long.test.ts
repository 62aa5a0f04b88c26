/** Ten thousand connections, opened in steps: nobody is turned away who means no harm, and the memory comes back. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation } from '../support/installation.ts'
import { askMeanwhile, percentile } from './bombs.ts'
import { openSockets } from './many-sockets.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const mebibyte = 1024 * 1024

function usedMebibytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / mebibyte
}

it('10,000 connections that never say anything', async () => {
  const plenty = { tries: 10_000_000, perSeconds: 60 }
  const installation = await startTestInstallation({ over: { allowances: { request: plenty } } })
  try {
    const harmless = await signUpClient(installation.url)
    // What is made once and kept is made here.
    await openSockets(installation.url, { count: 1_000, step: 100 })
    const before = usedMebibytes()
    const tookMs = await askMeanwhile(harmless, async () => {
      const codes = await openSockets(installation.url, { count: 10_000, step: 250 })
      expect(codes.filter((code) => code !== 4408)).toEqual([])
    })
    installation.logs.length = 0
    await expect.poll(() => usedMebibytes() - before, { timeout: 30_000 }).toBeLessThan(20)
    console.info(`under 10,000 connections: ${tookMs.length} answers, p99 ${percentile(tookMs, 0.99).toFixed(0)} ms`)
  } finally {
    await installation.close()
  }
})
