import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Icon, type IconName } from '../../components/Icon.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { useViewer } from '../../hooks/use-account.ts'
import { useStartActivity } from '../../hooks/use-start-activity.ts'
import { pathTo } from '../../paths.ts'
import { LevelChoice } from './LevelChoice.tsx'
import { testLevels, type TestLevel } from './test-words.ts'
import { UnfinishedTests } from './UnfinishedTests.tsx'

const facts: { icon: IconName; text: string }[] = [
  { icon: 'clock', text: 'Six tasks, about 10 minutes. Time to prepare and time to speak are shown.' },
  { icon: 'mic', text: 'You speak alone, one recording for each task. You may record again until you hand it in.' },
  { icon: 'history', text: 'Leave whenever you like: you can go on within 30 days, on any device.' },
  { icon: 'compass', text: 'At the end you get an estimate of your level. It is practice, and no certificate.' },
]

/** Before a speaking test: what it is, which level, and the ones that are not finished. */
export function TestStartPage() {
  const { preferences } = useViewer()
  const own = testLevels.find((each) => each === preferences.level)
  const [level, setLevel] = useState<TestLevel>(own ?? 'B1')
  const form = useStartActivity({ speakingTest: { level } }, pathTo.test)
  const choose = (next: TestLevel): void => {
    form.reset()
    setLevel(next)
  }
  return (
    <Page
      title="Speaking test"
      lead="See how you speak without help: several short tasks, against the clock."
      back={{ href: pathTo.practise, label: 'Practise' }}
    >
      <UnfinishedTests />
      <div class="check">
        <section class="card" aria-labelledby="new-test-title">
          <form class="check__panel" onSubmit={form.submit} noValidate>
            <h2 id="new-test-title">Start a new test</h2>
            <LevelChoice value={level} onValue={choose} />
            {form.message && <Notice tone="problem">{form.message}</Notice>}
            <div>
              <Button type="submit" look="primary" large busy={form.isBusy}>
                Start the {level} test
              </Button>
            </div>
          </form>
        </section>
        <aside class="check__side" aria-label="Good to know">
          {facts.map(({ icon, text }) => (
            <p key={icon} class="check__hint">
              <Icon name={icon} />
              <span>{text}</span>
            </p>
          ))}
        </aside>
      </div>
    </Page>
  )
}
