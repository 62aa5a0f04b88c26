import { useState } from 'preact/hooks'
import { ContentPacksDocument, type FaultPartsFragment, type PackPartsFragment } from '../gql/documents.ts'
import { useUploadContentPackMutation } from '../gql/hooks.ts'
import { describeError, describeFault, isFault } from '../graphql/faults.ts'

/** The server's limit, so that a film that was dropped by mistake is not sent first. */
const maxBytes = 1024 * 1024

/** Where an upload stands. `json` is the text of the file that was refused; `issues` is empty where it is not about the file. */
export type PackUpload =
  | { phase: 'idle' }
  | { phase: 'sending'; fileName: string }
  | { phase: 'stored'; pack: PackPartsFragment }
  | { phase: 'refused'; fileName: string; message: string; json: string; issues: readonly PackIssue[] }

export interface PackIssue {
  path: readonly string[]
  message: string
}

/** Brings in a file as a draft; the list of packs is fetched anew before it counts as stored. One at a time. */
export function usePackUpload() {
  const [state, setState] = useState<PackUpload>({ phase: 'idle' })
  const [send] = useUploadContentPackMutation({
    refetchQueries: [ContentPacksDocument],
    awaitRefetchQueries: true,
  })
  const run = async (file: File): Promise<PackUpload> => {
    const refused = { phase: 'refused' as const, fileName: file.name, json: '', issues: [] }
    if (file.size > maxBytes) return { ...refused, message: 'A pack has at most 1 MiB. Split it into several.' }
    try {
      const json = await file.text()
      const answer = (await send({ variables: { input: { json } } })).data?.uploadContentPack
      if (!answer) throw new Error('The answer was empty')
      if (isFault(answer)) return { ...refused, json, ...explain(answer) }
      return { phase: 'stored', pack: answer.contentPack }
    } catch (error) {
      return { ...refused, message: describeError(error) }
    }
  }
  const upload = (file: File): void => {
    if (state.phase === 'sending') return
    setState({ phase: 'sending', fileName: file.name })
    void run(file).then(setState)
  }
  return { state, upload }
}

function explain(fault: FaultPartsFragment): { message: string; issues: readonly PackIssue[] } {
  if (fault.__typename === 'InvalidInputFault') return { message: fault.message, issues: fault.issues }
  return { message: describeFault(fault).message, issues: [] }
}
