import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useStartActivity } from '../../hooks/use-start-activity.ts'
import { pathTo } from '../../paths.ts'

export interface TryAgainProps {
  questionId: string
  /** Something else on the page comes first. */
  isSecondary?: boolean
}

/** The same question once more, as a drill of its own. */
export function TryAgain({ questionId, isSecondary = false }: TryAgainProps) {
  const form = useStartActivity({ drill: { questionId } }, pathTo.drill)
  return (
    <form class="drill__answer" onSubmit={form.submit} noValidate>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div class="button-row">
        <Button type="submit" look={isSecondary ? 'plain' : 'primary'} large={!isSecondary} busy={form.isBusy}>
          Answer it again
        </Button>
        <a class="button button--quiet" href={pathTo.drills}>
          Another question
        </a>
      </div>
    </form>
  )
}
