import type { SessionRowFragment } from '../../../web/gql/documents.ts'

type ConversationRow = Extract<SessionRowFragment, { __typename: 'Conversation' }>

/** A session as a list shows it; a conversation that ended yesterday unless told otherwise. */
export function toRow(id: string, change: Partial<Omit<ConversationRow, '__typename'>> = {}): ConversationRow {
  return {
    __typename: 'Conversation',
    id,
    mode: 'CONVERSATION',
    status: 'ENDED',
    privacy: 'PRIVATE',
    title: `Session ${id}`,
    level: 'A2',
    startedAt: '2026-11-20T10:00:00.000Z',
    endedAt: '2026-11-20T10:05:00.000Z',
    durationSeconds: 300,
    segmentCount: 12,
    hasAudio: true,
    hasTranscript: true,
    endReason: 'COMPLETED',
    failure: null,
    updatedAt: '2026-11-20T10:05:00.000Z',
    ...change,
  }
}
