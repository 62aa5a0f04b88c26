/**
 * After a dropped socket the library sends each subscription again as it first was. A transcript must go on from the
 * last revision that came instead, so its variables move along with what is received.
 */
import type { Client } from 'graphql-ws'

/** A client whose transcript subscriptions resume where they stopped. */
export function resumeByRevision(client: Client): Client {
  return {
    ...client,
    subscribe(payload, sink) {
      const variables = { ...payload.variables }
      const isResumable = 'afterRevision' in variables
      return client.subscribe(isResumable ? { ...payload, variables } : payload, {
        ...sink,
        next(result) {
          const revision = isResumable ? revisionOf(result.data) : null
          if (revision !== null) variables['afterRevision'] = revision
          sink.next(result as Parameters<typeof sink.next>[0])
        },
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      })
    },
  }
}

function revisionOf(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('transcriptSegments' in data)) return null
  const delta = data.transcriptSegments
  return typeof delta === 'object' && delta !== null && 'revision' in delta && typeof delta.revision === 'number'
    ? delta.revision
    : null
}
