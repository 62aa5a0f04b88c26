import { useEffect, useState } from 'preact/hooks'
import type { DrillQuery, DrillResponseInput } from '../gql/documents.ts'
import { useSubmitDrillResponseMutation } from '../gql/hooks.ts'
import { nothingToSend } from '../realtime/answer-sender.ts'
import { patientRetry, retry } from '../realtime/retry.ts'
import { useFaultForm } from './use-fault-form.ts'
import { useServices } from './use-services.ts'
import { useStore } from './use-store.ts'

export type Drill = Extract<NonNullable<DrillQuery['session']>, { __typename: 'Drill' }>

/** The form that answers a drill, for good. Sent again after a lost answer, it changes nothing. */
export function useSubmitAnswer(sessionId: string, response: DrillResponseInput) {
  const { answers } = useServices()
  const [submit] = useSubmitDrillResponseMutation()
  return useFaultForm(
    async () => (await submit({ variables: { input: { sessionId, response } } })).data?.submitDrillResponse,
    () => answers.forget(sessionId),
  )
}

/**
 * A recorded answer from "handed in" to "submitted". Only what was handed in is ever sent, so a recording that the server
 * holds and no answer names was on its way when the page went: it is submitted as soon as it is seen.
 */
export function useHandIn(drill: Pick<Drill, 'id' | 'recordings'>, onRefetch: () => Promise<unknown>) {
  const { answers } = useServices()
  const sending = useStore(answers).get(drill.id) ?? nothingToSend
  const stored = drill.recordings.findLast(({ uploadedAt }) => uploadedAt !== null)
  const form = useSubmitAnswer(drill.id, { recordingId: stored?.id ?? '' })
  const isOwed = sending.parts.length > 0
  // From the first byte until the server was asked what has arrived: nothing else can be recorded meanwhile.
  const [isOut, setIsOut] = useState(false)
  useEffect(() => {
    if (isOwed) setIsOut(true)
    else if (isOut)
      retry(onRefetch, patientRetry).then(
        () => setIsOut(false),
        () => undefined,
      )
  }, [isOwed])
  useEffect(() => {
    if (stored) form.submit()
  }, [stored?.id])
  const discard = (part: number): void => void answers.discard(drill.id, part)
  return { isGiven: isOwed || isOut || stored !== undefined, sending, form, tryNow: answers.tryNow, discard }
}
