/** What every mind takes from a session's configuration: what to talk about, and how to sound. */
import { parseBriefing } from './session/instructions.ts'
import type { SessionConfig } from './session/session-config.ts'
import type { Topic } from './topic.ts'
import type { Manner } from './voice/voice.ts'

/** The topic of a session that names none, or one that is not here. */
export const GENERAL_TOPIC = 'general-talk'

/** The API's voices that are heard as men's; all others get the woman's voice. */
const LOW_VOICES = new Set(['ash', 'ballad', 'cedar', 'echo', 'verse'])

export function topicOf(topics: ReadonlyMap<string, Topic>, config: SessionConfig): Topic {
  const topic = topics.get(parseBriefing(config.instructions).topicKey ?? '') ?? topics.get(GENERAL_TOPIC)
  if (!topic) throw new Error(`The topic ${GENERAL_TOPIC} is missing`)
  return topic
}

export function mannerOf(config: SessionConfig): Manner {
  const { voice, speed } = config.audio.output
  return { voice: typeof voice === 'string' && LOW_VOICES.has(voice) ? 'rms' : 'slt', speed }
}
