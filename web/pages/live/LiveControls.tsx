import { useState } from 'preact/hooks'
import { Icon, type IconName } from '../../components/Icon.tsx'
import type { LiveSession } from '../../realtime/live-session.ts'
import type { LiveState } from '../../realtime/live-state.ts'

export interface LiveControlsProps {
  session: LiveSession
  state: LiveState
  hasCaptions: boolean
  onCaptions: () => void
  isTyping: boolean
  onTyping: () => void
  onPushToTalk: (isOn: boolean) => void
}

export function LiveControls(props: LiveControlsProps) {
  const { session, state, hasCaptions, onCaptions, isTyping, onTyping, onPushToTalk } = props
  const [isEnding, setIsEnding] = useState(false)
  const end = (): void => {
    setIsEnding(true)
    void session.end()
  }
  return (
    <div class="controls" role="group" aria-label="Conversation">
      {session.sound.microphone.hasVoice && (
        <Toggle
          icon={state.isMuted ? 'mic-off' : 'mic'}
          label={state.isMuted ? 'Unmute' : 'Mute'}
          isOn={state.isMuted}
          isDisabled={state.isPushToTalk}
          onToggle={() => session.setMuted(!state.isMuted)}
        />
      )}
      <Toggle
        icon="think"
        label={state.isHolding ? 'Go on' : 'Let me think'}
        isOn={state.isHolding}
        isDisabled={state.phase !== 'live' || state.turn.turnDetection === null || state.isPushToTalk}
        onToggle={() => session.setHolding(!state.isHolding)}
      />
      {session.sound.microphone.hasVoice && (
        <Toggle
          icon="hold"
          label="Push to talk"
          isOn={state.isPushToTalk}
          onToggle={() => onPushToTalk(!state.isPushToTalk)}
        />
      )}
      <Toggle icon="keyboard" label="Type" isOn={isTyping} onToggle={onTyping} />
      <Toggle icon="captions" label="Captions" isOn={hasCaptions} onToggle={onCaptions} />
      <button type="button" class="control control--end" disabled={isEnding} onClick={end}>
        <span class="control__face">
          <Icon name="end" />
        </span>
        <span>End</span>
      </button>
    </div>
  )
}

function Toggle({
  icon,
  label,
  isOn,
  onToggle,
  isDisabled = false,
}: {
  icon: IconName
  label: string
  isOn: boolean
  onToggle: () => void
  isDisabled?: boolean
}) {
  return (
    <button type="button" class="control" aria-pressed={isOn} disabled={isDisabled} onClick={onToggle}>
      <span class="control__face">
        <Icon name={icon} />
      </span>
      <span>{label}</span>
    </button>
  )
}
