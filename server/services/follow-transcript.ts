import { transcriptAfter, type TranscriptDeltaRow } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import type { Segment } from '../domain/transcript.ts'
import { follow } from './follow.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Whole commits only; many at once, where they come faster than they are taken. Resume after `revision`. */
export interface TranscriptDelta {
  revision: number
  /** In sequence order. */
  segments: Segment[]
  finalized: boolean
}

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'signIns'>

/** What a reader has missed comes in deltas of about this much, or of one commit: nobody has to take it all at once. */
const maxDeltaBytes = 256 * 1024
const bytesBesideText = 400

/**
 * First all that changed after `afterRevision`, then each change as it is committed, on whichever node; a reader that
 * is slow gets several commits in one delta. Ends after the finalized one, or without it when access ends.
 * Throws NotFoundError before the first delta.
 */
export async function followTranscript(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  afterRevision: number,
): Promise<AsyncIterableIterator<TranscriptDelta>> {
  if (!(await readDelta(deps, viewer, sessionId, afterRevision))) throw new NotFoundError('There is no such session.')
  return follow(
    deps.bus,
    [
      ['transcript', sessionId],
      ['access', viewer.id],
    ],
    async function* (waiter) {
      for (let revision = afterRevision; !waiter.isStopped;) {
        // Cheap: remembered for seconds, and forgotten at once when access changes.
        if (!(await deps.signIns.isCurrent(viewer))) return
        const delta = await readDelta(deps, viewer, sessionId, revision)
        if (!delta || waiter.isStopped) return
        const { hasMore, ...told } = delta
        if (told.revision > revision || told.finalized) {
          revision = told.revision
          yield told
        }
        if (told.finalized) return
        if (!hasMore) await waiter.next()
      }
    },
  )
}

type Read = TranscriptDelta & { hasMore: boolean }

async function readDelta(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  afterRevision: number,
): Promise<Read | null> {
  const rows = await deps.db.readAsViewer<TranscriptDeltaRow>(viewer.id, transcriptAfter(sessionId, afterRevision))
  const first = rows[0]
  if (!first) return null
  const all = rows.flatMap(toSegment)
  const revision = lastOfPage(all) ?? first.transcriptRevision
  const hasMore = revision < first.transcriptRevision
  const segments = hasMore ? all.filter((segment) => segment.revision <= revision) : all
  return { revision, segments, finalized: first.finalizedAt !== null && !hasMore, hasMore }
}

/** The last revision that still fits with those before it; null when all fit. */
function lastOfPage(segments: readonly Segment[]): number | null {
  let bytes = 0
  let last: number | null = null
  for (const { text, revision } of segments.toSorted((a, b) => a.revision - b.revision)) {
    bytes += Buffer.byteLength(text) + bytesBesideText
    if (bytes > maxDeltaBytes && last !== null && revision > last) return last
    last = revision
  }
  return null
}

function toSegment(row: TranscriptDeltaRow): Segment[] {
  if (row.itemId === null) return []
  const { transcriptRevision: _revision, finalizedAt: _finalizedAt, ...segment } = row
  return [segment]
}
