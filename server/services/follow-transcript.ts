import { transcriptAfter, type TranscriptDeltaRow } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import type { Segment } from '../domain/transcript.ts'
import { follow } from './follow.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Whole commits only. Resume after `revision`. */
export interface TranscriptDelta {
  revision: number
  /** In sequence order. */
  segments: Segment[]
  finalized: boolean
}

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'signIns'>

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
      for (let revision = afterRevision; !waiter.isStopped; await waiter.next()) {
        // Cheap: remembered for seconds, and forgotten at once when access changes.
        if (!(await deps.signIns.isCurrent(viewer))) return
        const delta = await readDelta(deps, viewer, sessionId, revision)
        if (!delta || waiter.isStopped) return
        if (delta.revision > revision || delta.finalized) {
          revision = delta.revision
          yield delta
        }
        if (delta.finalized) return
      }
    },
  )
}

async function readDelta(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  afterRevision: number,
): Promise<TranscriptDelta | null> {
  const rows = await deps.db.readAsViewer<TranscriptDeltaRow>(viewer.id, transcriptAfter(sessionId, afterRevision))
  const first = rows[0]
  if (!first) return null
  return {
    revision: first.transcriptRevision,
    segments: rows.flatMap(toSegment),
    finalized: first.finalizedAt !== null,
  }
}

function toSegment(row: TranscriptDeltaRow): Segment[] {
  if (row.itemId === null) return []
  const { transcriptRevision: _revision, finalizedAt: _finalizedAt, ...segment } = row
  return [segment]
}
