import { z } from 'zod'
import type { PartnerTier } from './provider.ts'

const healthSchema = z.object({ tier: z.number() })
const patienceMs = 1_000

/**
 * What the partner that ships with Parley can understand right now: its speech model may load slowly, and may die. Asked each
 * time, on the same machine. GUIDED while it does not answer.
 */
export async function askPartnerTier(baseUrl: string): Promise<PartnerTier> {
  try {
    const response = await fetch(new URL('/health', baseUrl), { signal: AbortSignal.timeout(patienceMs) })
    return healthSchema.parse(await response.json()).tier === 2 ? 'LOCAL_RECOGNITION' : 'GUIDED'
  } catch {
    return 'GUIDED'
  }
}
