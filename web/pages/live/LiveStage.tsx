import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../components/Icon.tsx'
import { useAccount } from '../../hooks/use-account.ts'
import type { LiveSession } from '../../realtime/live-session.ts'
import type { LiveState } from '../../realtime/live-state.ts'
import { Announcer } from './Announcer.tsx'
import { Captions } from './Captions.tsx'
import { ElapsedTime } from './ElapsedTime.tsx'
import { LiveControls } from './LiveControls.tsx'
import { LiveProblems } from './LiveProblems.tsx'
import { ReplyCards } from './ReplyCards.tsx'
import { TurnSign } from './TurnSign.tsx'
import { TypedAnswer } from './TypedAnswer.tsx'

const tierNames = {
  GUIDED: 'Guided conversation',
  LOCAL_RECOGNITION: 'Recognised on this server',
  FREE_CONVERSATION: 'Free conversation',
}

/** Sparse on purpose: whose turn it is, the words, what one might say, and the way out. */
export function LiveStage({ session, state }: { session: LiveSession; state: LiveState }) {
  const { tier, viewer } = useAccount()
  const [hasCaptions, setHasCaptions] = useState(viewer?.preferences.captions ?? true)
  const [isTyping, setIsTyping] = useState(!session.sound.microphone.hasVoice)
  useEffect(() => {
    document.title = `Talking: ${session.title} · Parley`
  }, [session])
  const isLive = state.phase === 'live'
  return (
    <div class="live">
      <header class="live__bar">
        <div class="live__title">
          <h1 tabIndex={-1}>{session.title}</h1>
          <p class="small faint">{tierNames[tier]}</p>
        </div>
        <ElapsedTime startedAtMs={state.startedAtMs} endsAtMs={state.endsAtMs} />
      </header>
      <LiveProblems session={session} state={state} />
      <div class="live__stage">
        <TurnSign session={session} state={state} />
        {hasCaptions ? (
          <Captions segments={state.segments} />
        ) : (
          <p class="faint live__no-captions">
            <Icon name="captions" /> Captions are off. Every word is still written down.
          </p>
        )}
      </div>
      <div class="live__answers">
        {state.turn.wasMissed && isLive && (
          <p class="live__missed" role="status">
            I did not catch that. Say it again, tap a reply, or type it.
          </p>
        )}
        <ReplyCards
          cards={state.turn.cards}
          hasVoice={session.sound.microphone.hasVoice}
          isDisabled={!isLive}
          onChoose={(text) => session.say(text)}
        />
        {isTyping && <TypedAnswer isDisabled={!isLive} onSay={(text) => session.say(text)} />}
      </div>
      <LiveControls
        session={session}
        state={state}
        hasCaptions={hasCaptions}
        onCaptions={() => setHasCaptions((has) => !has)}
        isTyping={isTyping}
        onTyping={() => setIsTyping((is) => !is)}
      />
      <Announcer state={state} />
    </div>
  )
}
