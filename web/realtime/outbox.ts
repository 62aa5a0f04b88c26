/**
 * What this browser still owes the server, in IndexedDB: slices of sound, segments not yet acknowledged, and how far
 * a save has come. A closed tab, a reload or a crash loses at most the last second; a later visit finishes the rest.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { SegmentInput } from '../../server/domain/transcript.ts'

export interface OutboxSession {
  sessionId: string
  viewerId: string
  title: string
  /** Wall clock of this browser, epoch milliseconds. */
  startedAtMs: number
  updatedAtMs: number
  /** The server has been told that the session ended. */
  isEndSent: boolean
  /** A speaking test: it goes on for weeks, and only the learner ends it. */
  isTest?: boolean
}

export interface OutboxPart {
  sessionId: string
  part: number
  mimeType: string
  /** From the session's start to the first sample. */
  startMs: number
  /** As far as slices have come. */
  durationMs: number
  isUploaded: boolean
  /** Of a speaking test: the task that it answers. */
  taskId?: string
  /** The learner may still record it anew: it is not sent before they say so. */
  isHeldBack?: boolean
}

/** A part made whole: kept, so that every new attempt sends the same bytes. */
export interface OutboxFile {
  bytes: ArrayBuffer
  mimeType: string
  durationSeconds: number
  sha256: string
}

export interface Outbox {
  putSession(session: OutboxSession): Promise<void>
  updateSession(sessionId: string, change: Partial<OutboxSession>): Promise<void>
  findSession(sessionId: string): Promise<OutboxSession | null>
  /** Oldest first. */
  listSessions(viewerId: string): Promise<OutboxSession[]>
  putPart(part: OutboxPart): Promise<void>
  updatePart(sessionId: string, part: number, change: Partial<OutboxPart>): Promise<void>
  /** By part number. */
  listParts(sessionId: string): Promise<OutboxPart[]>
  /** Forgets the part, its slices and its file. */
  removePart(sessionId: string, part: number): Promise<void>
  putSlice(sessionId: string, part: number, index: number, bytes: ArrayBuffer): Promise<void>
  /** In the order of recording. */
  listSlices(sessionId: string, part: number): Promise<ArrayBuffer[]>
  putFile(sessionId: string, part: number, file: OutboxFile): Promise<void>
  findFile(sessionId: string, part: number): Promise<OutboxFile | null>
  putSegments(sessionId: string, segments: readonly SegmentInput[]): Promise<void>
  /** Forgets exactly these versions: one that changed since it was sent stays. */
  acknowledgeSegments(sessionId: string, segments: readonly SegmentInput[]): Promise<void>
  listSegments(sessionId: string): Promise<SegmentInput[]>
  /** Forgets everything about the session. */
  removeSession(sessionId: string): Promise<void>
}

interface OutboxSchema extends DBSchema {
  sessions: { key: string; value: OutboxSession }
  parts: { key: [string, number]; value: OutboxPart }
  slices: { key: [string, number, number]; value: ArrayBuffer }
  files: { key: [string, number]; value: OutboxFile }
  segments: { key: [string, string]; value: SegmentInput }
}

type Stores = ArrayLike<StoreNames<OutboxSchema>>

/** Gives the connection that is open. */
type Database = () => Promise<IDBPDatabase<OutboxSchema>>

/** Opens (and makes, the first time) this browser's outbox. Rejects where the browser keeps no data. */
export async function openOutbox(name = 'parley-outbox'): Promise<Outbox> {
  const db = keepOpen(name)
  await db()
  return { ...sessionStore(db), ...soundStore(db), ...segmentStore(db) }
}

/** A connection that was closed, by the browser or to make way for a newer page, is opened anew by whoever needs it next. */
function keepOpen(name: string): Database {
  let connection: Promise<IDBPDatabase<OutboxSchema>> | null = null
  const forget = (): void => void (connection = null)
  return async () => {
    connection ??= connect(name, forget)
    return await connection
  }
}

async function connect(name: string, onClosed: () => void): Promise<IDBPDatabase<OutboxSchema>> {
  try {
    return await openDB<OutboxSchema>(name, 1, {
      upgrade(database) {
        database.createObjectStore('sessions', { keyPath: 'sessionId' })
        database.createObjectStore('parts', { keyPath: ['sessionId', 'part'] })
        database.createObjectStore('slices')
        database.createObjectStore('files')
        database.createObjectStore('segments')
      },
      // A newer page in another tab must not wait for this one for ever.
      blocking(_current, _blocked, event) {
        onClosed()
        ;(event.target as IDBDatabase | null)?.close()
      },
      terminated: onClosed,
    })
  } catch (error) {
    onClosed()
    throw error
  }
}

function sessionStore(db: Database) {
  return {
    putSession: (session: OutboxSession) => write(db, ['sessions'], (tx) => tx.objectStore('sessions').put(session)),
    updateSession: (sessionId: string, change: Partial<OutboxSession>) =>
      write(db, ['sessions'], async (tx) => {
        const known = await tx.objectStore('sessions').get(sessionId)
        if (known) await tx.objectStore('sessions').put({ ...known, ...change })
      }),
    findSession: async (sessionId: string) => (await (await db()).get('sessions', sessionId)) ?? null,
    listSessions: async (viewerId: string) => {
      const all = await (await db()).getAll('sessions')
      return all.filter((session) => session.viewerId === viewerId).sort((a, b) => a.startedAtMs - b.startedAtMs)
    },
    removeSession: (sessionId: string) =>
      write(db, ['sessions', 'parts', 'slices', 'files', 'segments'], async (tx) => {
        await tx.objectStore('sessions').delete(sessionId)
        for (const store of ['parts', 'slices', 'files', 'segments'] as const)
          await tx.objectStore(store).delete(keysOf(sessionId))
      }),
  }
}

function soundStore(db: Database) {
  return {
    putPart: (part: OutboxPart) => write(db, ['parts'], (tx) => tx.objectStore('parts').put(part)),
    updatePart: (sessionId: string, part: number, change: Partial<OutboxPart>) =>
      write(db, ['parts'], async (tx) => {
        const known = await tx.objectStore('parts').get([sessionId, part])
        if (known) await tx.objectStore('parts').put({ ...known, ...change })
      }),
    listParts: async (sessionId: string) => (await db()).getAll('parts', keysOf(sessionId)),
    removePart: (sessionId: string, part: number) =>
      write(db, ['parts', 'slices', 'files'], async (tx) => {
        await tx.objectStore('parts').delete([sessionId, part])
        await tx.objectStore('slices').delete(keysOf(sessionId, part))
        await tx.objectStore('files').delete([sessionId, part])
      }),
    putSlice: (sessionId: string, part: number, index: number, bytes: ArrayBuffer) =>
      write(db, ['slices'], (tx) => tx.objectStore('slices').put(bytes, [sessionId, part, index])),
    listSlices: async (sessionId: string, part: number) => (await db()).getAll('slices', keysOf(sessionId, part)),
    putFile: (sessionId: string, part: number, file: OutboxFile) =>
      write(db, ['files'], (tx) => tx.objectStore('files').put(file, [sessionId, part])),
    findFile: async (sessionId: string, part: number) => (await (await db()).get('files', [sessionId, part])) ?? null,
  }
}

function segmentStore(db: Database) {
  return {
    putSegments: (sessionId: string, segments: readonly SegmentInput[]) =>
      write(db, ['segments'], async (tx) => {
        const store = tx.objectStore('segments')
        for (const segment of segments) await store.put(segment, [sessionId, segment.itemId])
      }),
    acknowledgeSegments: (sessionId: string, segments: readonly SegmentInput[]) =>
      write(db, ['segments'], async (tx) => {
        const store = tx.objectStore('segments')
        for (const segment of segments) {
          const held = await store.get([sessionId, segment.itemId])
          if (held && isSameSegment(held, segment)) await store.delete([sessionId, segment.itemId])
        }
      }),
    listSegments: async (sessionId: string) => (await db()).getAll('segments', keysOf(sessionId)),
  }
}

/** Two versions of one segment are the same when every field is. */
export function isSameSegment(a: SegmentInput, b: SegmentInput): boolean {
  return (Object.keys(a) as (keyof SegmentInput)[]).every((key) => a[key] === b[key])
}

/** Durability is strict: what is reported as kept must survive a killed browser. */
async function write<S extends Stores>(
  db: Database,
  stores: S,
  change: (tx: IDBPTransaction<OutboxSchema, S, 'readwrite'>) => Promise<unknown>,
): Promise<void> {
  const tx = (await db()).transaction(stores, 'readwrite', { durability: 'strict' })
  await change(tx)
  await tx.done
}

/** Every key that begins with these pieces: an array sorts after all numbers and strings. */
function keysOf(...pieces: [string] | [string, number]): IDBKeyRange {
  return IDBKeyRange.bound([...pieces], [...pieces, []])
}
