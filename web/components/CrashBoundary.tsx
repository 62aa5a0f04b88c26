import { Component, type ComponentChildren } from 'preact'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

/** A page that failed: nothing that was said is lost by it, and it says so. */
export class CrashBoundary extends Component<{ children: ComponentChildren }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static override getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children
    return (
      <main class="stage-page" id="main">
        <div class="saving__mark saving__mark--failed">
          <Icon name="alert" />
        </div>
        <h1>This page stopped working</h1>
        <p class="lead">That is our fault, not yours. What you said is kept on this device and on the server.</p>
        <div class="button-row">
          <Button look="primary" onClick={() => location.reload()}>
            Load the page again
          </Button>
          <a class="button button--quiet" href="/">
            Go to the start
          </a>
        </div>
      </main>
    )
  }
}
