import { createHash } from 'node:crypto'
import { insertClientSecret } from '../../db/queries/client-secret.ts'
import { lockSession } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { UserRecord } from '../../db/queries/user.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { ClientSecretId, EventId } from '../domain/ids.ts'
import { defaultPauseMs, defaultSpeed, freeTalkPauseMs, toInstructions } from '../realtime/instructions.ts'
import { hashSecret } from './hash-secret.ts'
import type { ServiceDeps } from './service-deps.ts'

/** For one browser's one call. `value` is in this answer only. */
export interface ClientSecret {
  id: ClientSecretId
  callNumber: number
  value: string
  expiresAt: Date
  model: string
}

/**
 * Asks the provider for a secret and notes it, without its value. No transaction is open meanwhile.
 * Throws ProviderError, NotFoundError (deleted meanwhile).
 */
export async function mintForCall(
  deps: Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'provider'>,
  user: UserRecord,
  session: SessionRecord,
  callNumber: number,
): Promise<ClientSecret> {
  const { topic, level } = session
  if (!topic || !level) throw new Error('only conversations have calls')
  const isUnheard = session.talk === 'FREE' && (await deps.provider.tier()) === 'GUIDED'
  const pauseMs = user.endOfTurnPauseMs ?? (isUnheard ? freeTalkPauseMs : defaultPauseMs)[level]
  const askedAt = deps.clock()
  const minted = await deps.provider.mintClientSecret({
    instructions: toInstructions({
      topic,
      level,
      talk: session.talk,
      pauseMs,
      learnerName: user.name,
    }),
    offersReplies: session.talk === 'GUIDED',
    pauseMs,
    speed: user.partnerSpeed ?? defaultSpeed[level],
    voice: user.voice,
    safetyIdentifier: createHash('sha256').update(`parley:${user.id}`).digest('hex'),
  })
  const expiresAt = new Date(askedAt.getTime() + minted.goodForSeconds * 1000)
  const id = deps.makeId<ClientSecretId>()
  const now = deps.clock()
  await deps.db.asViewer(user.id, async (tx) => {
    if (!(await lockSession(tx, session.id))) throw new NotFoundError('There is no such session.')
    const owner = { sessionId: session.id, userId: user.id }
    const secret = { id, ...owner, callNumber, valueHash: hashSecret(minted.value), expiresAt, now }
    await insertClientSecret(tx, secret, { ...deps.provider.transcription, language: 'en' })
    await insertSessionEvent(tx, {
      id: deps.makeId<EventId>(),
      ...owner,
      type: 'secret_minted',
      detail: { callNumber },
      at: now,
    })
  })
  return { id, callNumber, value: minted.value, expiresAt, model: minted.model }
}
