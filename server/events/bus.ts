/**
 * Tells every server node that something changed. A bell carries ids, never content: who hears it reads the database.
 * A bell may be lost (a crash after the commit, a cut connection); followers therefore also look by themselves.
 */

/** What a bell is about, and the id under which its followers wait. */
export type BellTopic = 'transcript' | 'session' | 'history' | 'access' | 'entitlement'

export interface Bell {
  topic: BellTopic
  /** `transcript` and `session`: the session's id. `history`, `access` and `entitlement`: the user's. */
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
  /**
   * Whether every bell that was rung a second ago or earlier, on any server node, has come here. What is remembered on the word of
   * bells alone is to be believed only then. False at first, and while the connection is down; asking is what keeps it known.
   */
  isCurrent(): boolean
  close(): Promise<void>
}
