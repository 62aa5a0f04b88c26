/** A number, or why there is none: a sentence that a learner understands. */
export type Reading = number | { missing: string }

export function missing(reason: string): Reading {
  return { missing: reason }
}

export const noTranscript = 'What you said was not written down, so words cannot be counted.'
export const nothingSaid = 'You said nothing that could be measured.'
