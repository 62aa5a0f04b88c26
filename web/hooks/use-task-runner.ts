import { useEffect, useRef, useState } from 'preact/hooks'
import type { Microphone } from '../realtime/microphone.ts'
import type { Outbox } from '../realtime/outbox.ts'
import { TaskRunner, type RunnableTask, type TaskState } from '../realtime/task-runner.ts'
import { useServices } from './use-services.ts'
import { useStore } from './use-store.ts'

export interface TaskSound {
  context: AudioContext
  /** Null while there is none to be had. */
  microphone: Microphone | null
}

/** Runs one task for as long as it is on the page; a microphone that is changed meanwhile counts from the next recording. */
export function useTaskRunner(
  { sessionId, task, outbox }: { sessionId: string; task: RunnableTask; outbox: Outbox },
  { context, microphone }: TaskSound,
): { runner: TaskRunner; state: TaskState } {
  const { answers } = useServices()
  const sound = useRef<{ context: AudioContext; microphone: Microphone } | null>(null)
  sound.current = microphone && { context, microphone }
  const [runner] = useState(
    () =>
      new TaskRunner({
        sessionId,
        task,
        outbox,
        getSound: () => sound.current,
        onSent: () => void answers.send(sessionId),
      }),
  )
  const state = useStore(runner)
  useEffect(() => {
    void runner.findDraft()
    return () => runner.close()
  }, [runner])
  return { runner, state }
}
