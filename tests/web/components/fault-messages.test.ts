import { describe, expect, it } from 'vitest'
import {
  endCauses,
  liveProblems,
  microphoneHelp,
  microphoneRefused,
  partnerFailed,
  toCallLost,
  toKept,
  toSaveTrouble,
  unsteadyCall,
  type FaultMessage,
} from '../../../web/components/fault-messages.ts'

const both = [true, false]
const kept = { what: '3 min 12 s', title: 'Food', when: '14:05', failure: 'The store is busy.' }
const messages: FaultMessage[] = [
  ...[microphoneHelp, liveProblems, microphoneRefused, endCauses].flatMap((all) => Object.values(all)),
  unsteadyCall,
  partnerFailed,
  ...both.flatMap((isOnline) =>
    both.flatMap((isRecorded) => both.map((isPushToTalk) => toCallLost({ isOnline, isRecorded, isPushToTalk }))),
  ),
  ...both.flatMap((isOnline) =>
    both.map((isRefused) => toSaveTrouble({ isOnline, isRefused, failure: 'The store is busy.' })),
  ),
  ...(['saving', 'held', 'elsewhere'] as const).flatMap((state) =>
    both.flatMap((isOnline) => [null, 0.4].map((share) => toKept({ ...kept, state, isOnline, share }))),
  ),
]

describe('every message of a fault', () => {
  it.each(messages)('says what happened, what is safe and what to do: $happened', (message) => {
    for (const part of [message.happened, message.safe, message.todo]) expect(part).toMatch(/^\p{Lu}[^]{5,}[.!]$/u)
    expect(message.safe).toMatch(/kept|safe|lost|recorded|goes on|written down/)
    expect(message.todo).toMatch(
      /try|tried|plug|close|start|say|stay|wait|choose|type|allow|press|sign|go on|saves? itself|saved|sent|nothing to do|see whether|click/i,
    )
  })
})
