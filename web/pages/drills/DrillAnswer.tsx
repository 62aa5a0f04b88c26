import { useState } from 'preact/hooks'
import { AnswerKeeper } from '../../components/AnswerKeeper.tsx'
import { Button } from '../../components/Button.tsx'
import { Icon, type IconName } from '../../components/Icon.tsx'
import { Notice } from '../../components/Notice.tsx'
import { type Drill, useHandIn } from '../../hooks/use-hand-in.ts'
import { useLeaveWarning } from '../../hooks/use-leave-warning.ts'
import type { Outbox } from '../../realtime/outbox.ts'
import { SendingStatus } from '../speaking-test/SendingStatus.tsx'
import { SpokenAnswer } from './SpokenAnswer.tsx'
import { WrittenAnswer } from './WrittenAnswer.tsx'

export interface DrillAnswerProps {
  drill: Drill
  onRefetch: () => Promise<unknown>
}

const leaveQuestion = 'Your answer is not handed in yet. Leave this page all the same?'

/** A drill that waits for its answer, in one tab at a time. */
export function DrillAnswer({ drill, onRefetch }: DrillAnswerProps) {
  return (
    <AnswerKeeper session={drill} noun="question">
      {(outbox) => <Answering drill={drill} outbox={outbox} onRefetch={onRefetch} />}
    </AnswerKeeper>
  )
}

function Answering({ drill, outbox, onRefetch }: DrillAnswerProps & { outbox: Outbox }) {
  const [way, setWay] = useState<Way | null>(null)
  const [text, setText] = useState('')
  const [isHeld, setIsHeld] = useState(false)
  const { isGiven, sending, form, tryNow, discard } = useHandIn(drill, onRefetch)
  useLeaveWarning(isGiven || isHeld || (way === 'write' && text.trim() !== ''), leaveQuestion)
  if (isGiven)
    return (
      <section class="card drill__answer" aria-label="Your answer">
        <SendingStatus
          sending={sending}
          nameParts={() => 'your answer'}
          hasSent={form.message === null}
          onNow={tryNow}
          onDiscard={discard}
        />
        {form.message && (
          <Notice tone="problem" action={<Button onClick={() => form.submit()}>Try again</Button>}>
            Your recording is stored, but it could not be handed in. {form.message}
          </Notice>
        )}
      </section>
    )
  return (
    <section class="card drill__answer" aria-label="Your answer">
      <h2>{way === null ? 'How do you want to answer?' : 'Your answer'}</h2>
      {!isHeld && <WayChoice way={way} onWay={setWay} />}
      {way === 'speak' && <SpokenAnswer drill={drill} outbox={outbox} onHeld={setIsHeld} />}
      {way === 'write' && <WrittenAnswer drill={drill} text={text} onText={setText} />}
    </section>
  )
}

type Way = 'speak' | 'write'

const ways: { way: Way; icon: IconName; label: string; about: string }[] = [
  { way: 'speak', icon: 'mic', label: 'Speak', about: 'As in the interview. Listen to it before you hand it in.' },
  { way: 'write', icon: 'keyboard', label: 'Write', about: 'In your own time, where you cannot speak aloud.' },
]

/** Can be changed until something is recorded. */
function WayChoice({ way: chosen, onWay }: { way: Way | null; onWay: (way: Way) => void }) {
  return (
    <div class="ways" role="group" aria-label="Way to answer">
      {ways.map(({ way, icon, label, about }) => (
        <button key={way} type="button" class="way" aria-pressed={way === chosen} onClick={() => onWay(way)}>
          <Icon name={icon} />
          <span class="way__label">{label}</span>
          {chosen === null && <span class="soft small">{about}</span>}
        </button>
      ))}
    </div>
  )
}
