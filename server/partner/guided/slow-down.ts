/** What a learner gets who asks for slower speech: a step down, to a speed below which speech is no easier to follow. Pure. */
import type { CefrLevel } from '../topic.ts'
import { phrasesFor } from './phrases.ts'

const SLOWEST = 0.75
const SPEED_STEP = 0.1

/** What the partner says to it, and its speed from now on (a factor on the speaking rate). */
export function slowDown(level: CefrLevel, speed: number): { text: string; speed: number } {
  const { slower, slowest } = phrasesFor(level)
  if (speed <= SLOWEST) return { text: slowest, speed }
  return { text: slower, speed: Math.max(SLOWEST, Math.round((speed - SPEED_STEP) * 100) / 100) }
}
