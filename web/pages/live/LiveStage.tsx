import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../components/Icon.tsx'
import { toUnderstanding, whileTalking, type Understanding } from '../../components/partner-tier.ts'
import { useAccount } from '../../hooks/use-account.ts'
import { useLiveMicrophone } from '../../hooks/use-live-microphone.ts'
import { usePushToTalk } from '../../hooks/use-push-to-talk.ts'
import type { LiveSession } from '../../realtime/live-session.ts'
import type { LiveState } from '../../realtime/live-state.ts'
import { Announcer } from './Announcer.tsx'
import { Captions } from './Captions.tsx'
import { ElapsedTime } from './ElapsedTime.tsx'
import { HelpRow } from './HelpRow.tsx'
import { LiveControls } from './LiveControls.tsx'
import { LiveProblems } from './LiveProblems.tsx'
import { MicrophoneChoice } from './MicrophoneChoice.tsx'
import { ReplyCards } from './ReplyCards.tsx'
import { TalkButton } from './TalkButton.tsx'
import { TurnSign } from './TurnSign.tsx'
import { TypedAnswer } from './TypedAnswer.tsx'

/** Sparse on purpose: whose turn it is, the words, what one might say, and the way out. */
export function LiveStage({ session, state }: { session: LiveSession; state: LiveState }) {
  const { tier, viewer } = useAccount()
  const [hasCaptions, setHasCaptions] = useState(viewer?.preferences.captions ?? true)
  const [isChoosing, setIsChoosing] = useState(false)
  const microphone = useLiveMicrophone(session)
  useEffect(() => {
    document.title = `Talking: ${session.title} · Parley`
  }, [session])
  const { hasVoice } = session.sound.microphone
  const understanding = toUnderstanding({ installation: tier, talk: session.talk, hasVoice, told: state.turn.tier })
  return (
    <div class="live">
      <header class="live__bar">
        <div class="live__title">
          <h1 tabIndex={-1}>{session.title}</h1>
          <p class="small faint">{whileTalking[understanding]}</p>
        </div>
        <div class="live__corner">
          <ElapsedTime startedAtMs={state.startedAtMs} endsAtMs={state.endsAtMs} />
          <button
            type="button"
            class="live__device"
            aria-label="Choose a microphone"
            aria-expanded={isChoosing}
            onClick={() => setIsChoosing((is) => !is)}
          >
            <Icon name="settings" />
          </button>
        </div>
      </header>
      <div class="live__problems">
        {isChoosing && <MicrophoneChoice microphone={microphone} isLost={state.problems.includes('microphone-lost')} />}
        <LiveProblems {...{ session, state, microphone }} onChooseMicrophone={() => setIsChoosing(true)} />
      </div>
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
      <Answers session={session} state={state} understanding={understanding} />
      <Foot
        session={session}
        state={state}
        hasCaptions={hasCaptions}
        onCaptions={() => setHasCaptions((has) => !has)}
      />
      <Announcer state={state} />
    </div>
  )
}

interface StageProps {
  session: LiveSession
  state: LiveState
}

function Answers({ session, state, understanding }: StageProps & { understanding: Understanding }) {
  const isDisabled = state.phase !== 'live'
  const say = (text: string): boolean => session.say(text)
  const partnerLine = state.segments.findLast((segment) => segment.speaker === 'PARTNER')?.text ?? ''
  return (
    <div class="live__answers" data-understanding={understanding}>
      <HelpRow partnerLine={partnerLine} isDisabled={isDisabled} onSay={say} />
      <ReplyCards
        cards={state.turn.cards}
        hasVoice={session.sound.microphone.hasVoice}
        isDisabled={isDisabled}
        onChoose={say}
      />
    </div>
  )
}

/** Stays in sight however many replies there are. */
function Foot({ session, state, ...captions }: StageProps & { hasCaptions: boolean; onCaptions: () => void }) {
  const [isTyping, setIsTyping] = useState(!session.sound.microphone.hasVoice)
  const setPushToTalk = usePushToTalk(session)
  const isLive = state.phase === 'live'
  return (
    <div class="live__foot">
      {isTyping && <TypedAnswer isDisabled={!isLive} onSay={(text) => session.say(text)} />}
      {state.isPushToTalk && (
        <TalkButton pushToTalk={session.pushToTalk} isTalking={state.isTalking} isDisabled={!isLive} />
      )}
      <LiveControls
        session={session}
        state={state}
        {...captions}
        isTyping={isTyping}
        onTyping={() => setIsTyping((is) => !is)}
        onPushToTalk={setPushToTalk}
      />
    </div>
  )
}
