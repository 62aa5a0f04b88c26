import { useEffect } from 'preact/hooks'
import { Icon, type IconName } from '../../components/Icon.tsx'
import { SignUpForm } from './SignUpForm.tsx'

const promises: { icon: IconName; title: string; text: string }[] = [
  {
    icon: 'mic',
    title: 'Talk, aloud',
    text: 'A partner greets you, asks, waits while you think, and asks on. Every level from A1 to C2.',
  },
  {
    icon: 'captions',
    title: 'See every word',
    text: 'Live captions while you talk. Afterwards, click any line to hear it again.',
  },
  {
    icon: 'history',
    title: 'Nothing is lost',
    text: 'Your recording and transcript are kept privately on this server, and only you see them.',
  },
]

/** The first thing a stranger sees: what Parley is, and the way in. */
export function WelcomePage() {
  useEffect(() => {
    document.title = 'Parley: practise speaking'
  }, [])
  return (
    <div class="welcome">
      <section class="welcome__pitch">
        <h1 class="welcome__title">
          Speak more.
          <br />
          Worry less.
        </h1>
        <p class="lead">
          Parley is a place to practise speaking English with a patient partner, by voice, whenever you have ten
          minutes.
        </p>
        <ul class="welcome__promises">
          {promises.map((promise) => (
            <li key={promise.title} class="welcome__promise">
              <span class="welcome__icon">
                <Icon name={promise.icon} />
              </span>
              <div>
                <h2>{promise.title}</h2>
                <p class="soft">{promise.text}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
      <section class="card account-card" aria-labelledby="sign-up-title">
        <SignUpForm headingId="sign-up-title" />
      </section>
    </div>
  )
}
