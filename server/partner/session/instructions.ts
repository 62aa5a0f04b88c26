/**
 * What the first line of a session's instructions tells the partner, in a form that a language model would not mind:
 * `topic=a1-introductions; level=A1; pause=1800; speed=0.85; talk=free`. Every part may be absent.
 */
import { CEFR_LEVELS, type CefrLevel } from '../topic.ts'

export interface Briefing {
  topicKey: string | null
  level: CefrLevel | null
  /** Silence that ends the learner's turn. */
  pauseMs: number | null
  /** Factor on the speaking rate, 1 being the voice's own. */
  speed: number | null
  /** The learner wants to talk without being understood: the partner only keeps the talk going. */
  isFreeTalk: boolean
}

export function parseBriefing(instructions: string): Briefing {
  const firstLine = instructions.split('\n', 1)[0] ?? ''
  const parts = new Map(
    firstLine.split(';').flatMap((part) => {
      const [name, value] = part.split('=', 2)
      return name !== undefined && value !== undefined ? [[name.trim().toLowerCase(), value.trim()] as const] : []
    }),
  )
  return {
    topicKey: parts.get('topic') ?? null,
    level: CEFR_LEVELS.find((level) => level === parts.get('level')?.toUpperCase()) ?? null,
    pauseMs: numberBetween(parts.get('pause'), 200, 10_000),
    speed: numberBetween(parts.get('speed'), 0.25, 1.5),
    isFreeTalk: parts.get('talk')?.toLowerCase() === 'free',
  }
}

function numberBetween(text: string | undefined, low: number, high: number): number | null {
  const value = Number(text)
  return text !== undefined && text !== '' && value >= low && value <= high ? value : null
}
