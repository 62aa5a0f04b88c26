import { EmptyState } from '../../components/EmptyState.tsx'
import { pathTo } from '../../paths.ts'

/** The plan holds no drills: what that means, and where it is changed. */
export function DrillsLocked() {
  return (
    <EmptyState
      icon="question"
      title="Your plan has no interview practice"
      action={
        <a class="button button--primary" href={pathTo.plan}>
          See your plan
        </a>
      }
    >
      Interview questions are part of the plans Basic and Pro. What you have answered so far stays in your history.
    </EmptyState>
  )
}
