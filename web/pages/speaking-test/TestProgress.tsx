import type { TestTask } from '../../hooks/use-open-test.ts'

export interface TestProgressProps {
  tasks: readonly TestTask[]
  /** Null when no task is on the page. */
  currentId: string | null
  /** Handed in, on their way to the server or there. */
  isGiven: (task: TestTask) => boolean
}

/** Where the learner stands: one mark a task, and the same in words. */
export function TestProgress({ tasks, currentId, isGiven }: TestProgressProps) {
  const current = tasks.find(({ id }) => id === currentId)
  const given = tasks.filter(isGiven).length
  return (
    <div class="test-progress">
      <p class="test-progress__words">
        {current ? `Task ${current.index} of ${tasks.length}` : `${given} of ${tasks.length} tasks answered`}
      </p>
      <ol class="test-progress__marks" aria-hidden="true">
        {tasks.map((task) => (
          <li key={task.id} data-state={task.id === currentId ? 'current' : isGiven(task) ? 'given' : 'open'} />
        ))}
      </ol>
    </div>
  )
}
