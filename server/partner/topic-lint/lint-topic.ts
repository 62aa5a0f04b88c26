/** All rules for a topic file: those without which it cannot be used, and those that make it right for its level. */
import { readTopic } from '../topic.ts'
import { LEVEL_LIMITS } from './level-limits.ts'
import { findLineFaults } from './line-faults.ts'
import { findOfferFaults } from './offer-faults.ts'
import { listLines } from './topic-lines.ts'
import { findWordFaults } from './word-faults.ts'

/** Every fault of a file, each with where it is; empty for a good one. */
export function lintTopic(file: string, text: string): string[] {
  const { topic, faults } = readTopic(file, text)
  if (!topic) return faults
  return [
    ...faults,
    ...findOfferFaults(topic),
    ...listLines(topic).flatMap((line) => findLineFaults(line, LEVEL_LIMITS[topic.level])),
    ...findWordFaults(topic),
  ]
}
