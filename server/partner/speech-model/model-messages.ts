/** What the partner and the process with the speech model tell each other. */
export type ModelRequest =
  /** First of all. */
  | { type: 'load'; config: Record<string, unknown> }
  /** 16 kHz. */
  | { type: 'recognise'; id: number; utterance: Int16Array }

export type ModelReport =
  | { type: 'ready' }
  | { type: 'recognised'; id: number; text: string }
  | { type: 'failed'; id: number; reason: string }
