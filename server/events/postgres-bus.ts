/**
 * The bus over LISTEN and NOTIFY, on one connection of its own. NOTIFY in the writing transaction would hold an
 * instance-wide lock over its commit, hence after it and in batches. Source: PostgreSQL manual, NOTIFY.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import { BellBoard } from './bell-board.ts'
import type { Bell, EventBus } from './bus.ts'

const channel = 'parley_bells'
const maxBellsPerNotice = 20
const maxNoticeBytes = 7_500
const retryDelaysMs = [50, 200, 1_000, 3_000]
/** How long one proof of a whole connection holds, and how old it gets before the next is asked for. Together under a second. */
const provenForMs = 700
const proveEveryMs = 200
/** A connection that gives no answer for so long is dead, whatever its socket says. */
const patienceMs = 10_000

const noticeSchema = z.object({
  node: z.string(),
  bells: z.array(
    z.object({
      topic: z.enum(['transcript', 'session', 'history', 'access', 'entitlement']),
      key: z.string(),
      sessionId: z.string().exactOptional(),
      isGrowth: z.boolean().exactOptional(),
    }),
  ),
})

export interface PostgresBusOptions {
  url: string
  /** Told of each break of the connection; the bus connects again by itself. */
  onConnectionError: (error: Error) => void
}

/** Resolves once it listens. */
export async function createPostgresBus(options: PostgresBusOptions): Promise<EventBus> {
  const bus = new PostgresBus(options)
  await bus.connect()
  return bus
}

class PostgresBus implements EventBus {
  readonly #options: PostgresBusOptions
  readonly #board = new BellBoard()
  readonly #node = randomUUID()
  readonly #waiting = new Map<string, Bell>()
  #client: pg.Client | null = null
  #isFlushing = false
  #isClosed = false
  #retryTimer: NodeJS.Timeout | null = null
  #provenAt = Number.NEGATIVE_INFINITY
  #proving: pg.Client | null = null

  constructor(options: PostgresBusOptions) {
    this.#options = options
  }

  async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      // By this name an operator finds it among the others.
      application_name: 'parley-bus',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', (error) => this.#lose(client, error))
    client.on('end', () => this.#lose(client, new Error('the connection ended')))
    client.on('notification', (notice) => this.#receive(notice.payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
    } catch (error) {
      client.end().catch(() => undefined)
      throw error
    }
    if (this.#isClosed) return client.end()
    this.#client = client
    // What was rung while nobody listened here is made good by looking again.
    this.#board.deliverToAll()
    void this.#flush()
  }

  ring(...bells: Bell[]): void {
    for (const bell of bells) {
      this.#board.deliver(bell)
      this.#waiting.set(toPlace(bell), bell)
    }
    void this.#flush()
  }

  listen: EventBus['listen'] = (topic, key, listener) => this.#board.add(topic, key, listener)

  listenAll: EventBus['listenAll'] = (topic, listener) => this.#board.add(topic, null, listener)

  isCurrent(): boolean {
    const age = performance.now() - this.#provenAt
    if (age > proveEveryMs) void this.#prove()
    return this.#client !== null && age < provenForMs
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#retryTimer) clearTimeout(this.#retryTimer)
    const client = this.#client
    this.#client = null
    await client?.end()
  }

  /** Notices and answers come in one stream: an answer says that all notices of what was committed before its question are here. */
  async #prove(): Promise<void> {
    const client = this.#client
    if (client === null || this.#proving === client) return
    this.#proving = client
    const askedAt = performance.now()
    const patience = setTimeout(() => this.#lose(client, new Error('the connection is silent')), patienceMs)
    try {
      await client.query('select')
      if (this.#client === client) this.#provenAt = askedAt
    } catch {
      // Whoever lost the connection says so elsewhere; until it is back, nothing is proven.
    } finally {
      clearTimeout(patience)
      if (this.#proving === client) this.#proving = null
    }
  }

  /** One notice at a time: what is rung meanwhile goes together into the next. */
  async #flush(): Promise<void> {
    if (this.#isFlushing || !this.#client) return
    this.#isFlushing = true
    let batch: Bell[] = []
    try {
      while (this.#waiting.size > 0 && this.#client) {
        batch = this.#takeBatch()
        const payload = JSON.stringify({ node: this.#node, bells: batch })
        await this.#client.query('select pg_notify($1, $2)', [channel, payload])
      }
    } catch (error) {
      // Nobody knows whether they rang: they ring (again) once the connection is back. A bell too many costs a look.
      for (const bell of batch) this.#waiting.set(toPlace(bell), bell)
      this.#options.onConnectionError(error instanceof Error ? error : new Error(String(error)))
    } finally {
      this.#isFlushing = false
    }
  }

  #takeBatch(): Bell[] {
    const batch: Bell[] = []
    let bytes = 0
    for (const [place, bell] of this.#waiting) {
      bytes += JSON.stringify(bell).length
      if (batch.length > 0 && (batch.length >= maxBellsPerNotice || bytes > maxNoticeBytes)) break
      batch.push(bell)
      this.#waiting.delete(place)
    }
    return batch
  }

  #receive(payload: string): void {
    const notice = parseNotice(payload)
    if (notice === null || notice.node === this.#node) return
    for (const bell of notice.bells) this.#board.deliver(bell)
  }

  #lose(client: pg.Client, error: Error): void {
    if (this.#isClosed || this.#client !== client) return
    this.#client = null
    this.#provenAt = Number.NEGATIVE_INFINITY
    this.#options.onConnectionError(error)
    client.end().catch(() => undefined)
    this.#reconnect(0)
  }

  #reconnect(attempt: number): void {
    const delayMs = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 0
    this.#retryTimer = setTimeout(() => {
      this.connect().catch((error: unknown) => {
        this.#options.onConnectionError(error instanceof Error ? error : new Error(String(error)))
        if (!this.#isClosed) this.#reconnect(attempt + 1)
      })
    }, delayMs)
  }
}

/** Bells of one place are one bell. */
function toPlace(bell: Bell): string {
  return [bell.topic, bell.key, bell.sessionId, bell.isGrowth].join(' ')
}

/** Null for what no node of ours wrote: whoever may log in may also notify. */
function parseNotice(payload: string): z.output<typeof noticeSchema> | null {
  try {
    return noticeSchema.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
