/** How much this process holds: what is in use, and not merely not yet collected. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'vitest'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const mebibyte = 1024 * 1024

export function measureLiveMebibytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / mebibyte
}

/** Waits until so much at most is held beyond what was held before, and gives it: buffers are given back a little late. */
export async function settleMemory(beforeMebibytes: number, mostGrowthMebibytes: number): Promise<number> {
  let grownMebibytes = 0
  await expect
    .poll(() => (grownMebibytes = measureLiveMebibytes() - beforeMebibytes), { timeout: 30_000 })
    .toBeLessThan(mostGrowthMebibytes)
  return grownMebibytes
}
