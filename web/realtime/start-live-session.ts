/** From the learner's Start to a live session: the server's session first, then the call. */
import { LiveSession, type LiveSessionDeps, type LiveSessionOptions } from './live-session.ts'
import { patientRetry, retry } from './retry.ts'
import { SpillingOutbox } from './spilling-outbox.ts'

/** Asks the server for a session and begins the call. Throws the fault when there is no session to be had. */
export async function startLiveSession(options: LiveSessionOptions, deps: LiveSessionDeps): Promise<LiveSession> {
  const requestId = crypto.randomUUID()
  const zeroMs = performance.now()
  const startedAtMs = Date.now()
  // The same request gives the same session, so a lost answer costs nothing.
  const started = await retry(
    () => deps.api.startConversation({ requestId, topicId: options.topicId, talk: options.talk }),
    {
      ...patientRetry,
      attempts: 3,
    },
  )
  const { sessionId, title } = started
  const kept = { sessionId, viewerId: options.viewerId, title, startedAtMs, updatedAtMs: startedAtMs, isEndSent: false }
  const outbox = new SpillingOutbox(deps.outbox, (isSpilled) => session.noteFullStorage(isSpilled))
  const session = new LiveSession(sessionId, title, zeroMs, options, { ...deps, outbox })
  await outbox.putSession(kept)
  session.begin(started.clientSecret)
  return session
}
