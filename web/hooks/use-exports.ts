import { useEffect } from 'preact/hooks'
import type { DataExportPartsFragment } from '../gql/documents.ts'
import { useExportDataMutation, useExportsQuery } from '../gql/hooks.ts'
import type { MutationAnswer } from './use-fault-form.ts'

export type DataExport = DataExportPartsFragment

/** While one is being made it is looked at this often. */
const lookEveryMs = 1_000

/** The viewer's exports, newest first; null until they are known. `ask` asks for another: of one session, or of everything. */
export function useExports(): {
  exports: readonly DataExport[] | null
  ask: (sessionId?: string) => Promise<MutationAnswer>
} {
  const { data, refetch, startPolling, stopPolling } = useExportsQuery({ fetchPolicy: 'cache-and-network' })
  const [exportData] = useExportDataMutation()
  const exports = data?.viewer?.exports.edges.map(({ node }) => node) ?? null
  const isUnderWay = exports?.some(({ status }) => status === 'PENDING' || status === 'PROCESSING') ?? false
  useEffect(() => {
    if (!isUnderWay) return
    startPolling(lookEveryMs)
    return stopPolling
  }, [isUnderWay, startPolling, stopPolling])
  return {
    exports,
    async ask(sessionId) {
      const variables = { requestId: crypto.randomUUID(), ...(sessionId !== undefined && { sessionId }) }
      const answer = (await exportData({ variables })).data?.exportData
      await refetch()
      return answer
    },
  }
}
