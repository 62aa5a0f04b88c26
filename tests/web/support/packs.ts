import type { ContentPacksQuery, PackPartsFragment, QuestionPartsFragment } from '../../../web/gql/documents.ts'

/** A version of a pack that its viewer may activate and archive. */
export function toPack(version: string, change: Partial<PackPartsFragment> = {}): PackPartsFragment {
  return {
    __typename: 'ContentPack',
    id: `ContentPack:${change.name ?? 'job'}-${version}`,
    name: 'job',
    version,
    title: 'Job interviews',
    description: null,
    status: 'DRAFT',
    fileSizeBytes: 30_000,
    isOwn: true,
    canActivate: true,
    canArchive: true,
    createdAt: '2026-11-20T10:00:00.000Z',
    activatedAt: null,
    ...change,
  }
}

export function toPacks(packs: readonly PackPartsFragment[]): ContentPacksQuery {
  return {
    contentPacks: {
      __typename: 'ContentPackConnection',
      edges: packs.map((node) => ({ __typename: 'ContentPackEdge', cursor: node.id, node })),
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: packs.at(-1)?.id ?? null },
    },
    activeContentPack: packs.find(({ status }) => status === 'ACTIVE') ?? null,
  }
}

export function toQuestion(key: string, change: Partial<QuestionPartsFragment> = {}): QuestionPartsFragment {
  return {
    __typename: 'Question',
    id: `Question:${key}-${JSON.stringify(change).length}`,
    key,
    category: 'clarity',
    prompt: `What of ${key}?`,
    expectedDurationSeconds: 90,
    evaluationCriteria: ['Names one case'],
    ...change,
  }
}
