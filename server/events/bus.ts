/**
 * Tells every server node that something changed. A bell carries ids, never content: who hears it reads the database.
 * A bell may be lost (a crash after the commit, a cut connection); followers therefore also look by themselves.
 */

/** What a bell is about, and the id under which its followers wait. */
export type BellTopic = 'transcript' | 'session' | 'history' | 'access'

export interface Bell {
  topic: BellTopic
  /** `transcript` and `session`: the session's id. `history` and `access`: the user's. */
  key: string
  /** `history`: which session. */
  sessionId?: string
  /** `history`: more was said, nothing else changed. */
  isGrowth?: boolean
}

/** Called with null when bells may have been missed. Must not throw. */
export type BellListener = (bell: Bell | null) => void

export interface EventBus {
  /** After the commit, never before it. Returns at once; the bells go out in batches. */
  ring(...bells: Bell[]): void
  /** Gives what stops the listening. */
  listen(topic: BellTopic, key: string, listener: BellListener): () => void
  /** Hears every bell of a topic. */
  listenAll(topic: BellTopic, listener: BellListener): () => void
  close(): Promise<void>
}
