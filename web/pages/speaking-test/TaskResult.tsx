import { AudioPlayer } from '../../components/AudioPlayer.tsx'
import { usePlayer } from '../../hooks/use-player.ts'
import { MeasureTrouble } from '../review/MeasureTrouble.tsx'
import { ResultWords } from './ResultWords.tsx'
import { TaskNumbers } from './TaskNumbers.tsx'
import { TaskPrompt } from './TaskPrompt.tsx'
import type { ResultTask } from './TaskResults.tsx'
import { kindWords } from './test-words.ts'

export interface TaskResultProps {
  sessionId: string
  task: ResultTask
  /** The judgement is still being made: what is missing may yet come. */
  isUnderWay: boolean
  /** Something on this installation writes answers down. */
  canTranscribe: boolean
  onRefetch: () => Promise<unknown>
}

/** One answer: to hear, to read, and in numbers. */
export function TaskResult({ isUnderWay, ...props }: TaskResultProps) {
  const { task, onRefetch } = props
  const titleId = `result-${task.index}`
  return (
    <article class="card result" id={`task-${task.index}`} tabIndex={-1} aria-labelledby={titleId}>
      <h3 id={titleId}>
        Task {task.index} · {kindWords[task.kind].title}
      </h3>
      <TaskPrompt task={task} />
      {task.status === 'DONE' ? (
        <>
          <ResultSound recording={task.recording} onRefetch={onRefetch} />
          {task.recording && <MeasureTrouble recording={task.recording} index={task.index} />}
          <ResultWords {...props} />
          <TaskNumbers metrics={task.metrics} isUnderWay={isUnderWay} />
        </>
      ) : (
        <p class="soft">You did not answer this task.</p>
      )}
    </article>
  )
}

/** The answer to hear, or why it cannot be. */
export function ResultSound({
  recording,
  onRefetch,
}: {
  recording: ResultTask['recording']
  onRefetch: () => Promise<unknown>
}) {
  const player = usePlayer(recording, onRefetch)
  if (recording?.url) return <AudioPlayer player={player} />
  return (
    <p class="soft small">
      {recording?.prunedAt
        ? 'The recording was removed, because this installation keeps recordings for a limited time.'
        : 'The recording is not at the server.'}
    </p>
  )
}
