/** Subscriptions as clients of ours write them. */

export const segmentsDocument = /* GraphQL */ `
  subscription ($sessionId: ID!, $afterRevision: Int) {
    transcriptSegments(sessionId: $sessionId, afterRevision: $afterRevision) {
      revision
      finalized
      segments {
        itemId
        sequence
        revision
        text
        final
      }
    }
  }
`
