import { Icon } from '../../components/Icon.tsx'
import { Page } from '../../components/Page.tsx'

export function NotFoundPage() {
  return (
    <Page title="There is no such page" lead="The address may be mistyped, or what was here has been removed.">
      <div class="button-row">
        <a class="button button--primary" href="/practise">
          <Icon name="practise" />
          Go to Practise
        </a>
        <a class="button button--quiet" href="/history">
          See your history
        </a>
      </div>
    </Page>
  )
}
