/** The outbox of a browser that keeps no data (private windows, blocked storage): it lasts as long as the page. */
import { isSameSegment, type Outbox, type OutboxFile, type OutboxPart, type OutboxSession } from './outbox.ts'
import type { SegmentInput } from '../../server/domain/transcript.ts'

interface Kept {
  session: OutboxSession
  parts: Map<number, OutboxPart>
  slices: Map<number, Map<number, ArrayBuffer>>
  files: Map<number, OutboxFile>
  segments: Map<string, SegmentInput>
}

export function createMemoryOutbox(): Outbox {
  const kept = new Map<string, Kept>()
  const withKept = async (sessionId: string, change: (entry: Kept) => void): Promise<void> => {
    const entry = kept.get(sessionId)
    if (entry) change(entry)
  }
  return {
    async putSession(session) {
      const entry = kept.get(session.sessionId)
      if (entry) entry.session = session
      else
        kept.set(session.sessionId, {
          session,
          parts: new Map(),
          slices: new Map(),
          files: new Map(),
          segments: new Map(),
        })
    },
    updateSession: (sessionId, change) =>
      withKept(sessionId, (entry) => void (entry.session = { ...entry.session, ...change })),
    findSession: async (sessionId) => kept.get(sessionId)?.session ?? null,
    listSessions: async (viewerId) =>
      [...kept.values()].map((entry) => entry.session).filter((session) => session.viewerId === viewerId),
    putPart: (part) => withKept(part.sessionId, (entry) => entry.parts.set(part.part, part)),
    updatePart: (sessionId, part, change) =>
      withKept(sessionId, (entry) => {
        const known = entry.parts.get(part)
        if (known) entry.parts.set(part, { ...known, ...change })
      }),
    listParts: async (sessionId) => [...(kept.get(sessionId)?.parts.values() ?? [])].sort((a, b) => a.part - b.part),
    removePart: (sessionId, part) =>
      withKept(sessionId, ({ parts, slices, files }) => [parts, slices, files].forEach((kind) => kind.delete(part))),
    putSlice: (sessionId, part, index, bytes) =>
      withKept(sessionId, (entry) => entry.slices.set(part, new Map(entry.slices.get(part)).set(index, bytes))),
    listSlices: async (sessionId, part) =>
      [...(kept.get(sessionId)?.slices.get(part) ?? [])].sort(([a], [b]) => a - b).map(([, bytes]) => bytes),
    putFile: (sessionId, part, file) => withKept(sessionId, (entry) => entry.files.set(part, file)),
    findFile: async (sessionId, part) => kept.get(sessionId)?.files.get(part) ?? null,
    putSegments: (sessionId, segments) =>
      withKept(sessionId, (entry) => segments.forEach((segment) => entry.segments.set(segment.itemId, segment))),
    acknowledgeSegments: (sessionId, segments) =>
      withKept(sessionId, (entry) => {
        for (const segment of segments) {
          const held = entry.segments.get(segment.itemId)
          if (held && isSameSegment(held, segment)) entry.segments.delete(segment.itemId)
        }
      }),
    listSegments: async (sessionId) => [...(kept.get(sessionId)?.segments.values() ?? [])],
    removeSession: async (sessionId) => void kept.delete(sessionId),
  }
}
