import { useId } from 'preact/hooks'
import { beforeTalk } from '../../components/partner-tier.ts'
import type { TalkStyle } from '../../realtime/session-api.ts'

const styles: { value: TalkStyle; label: string; text: string }[] = [
  { value: 'GUIDED', label: 'With reply cards', text: beforeTalk.GUIDED },
  { value: 'FREE', label: 'Free talk', text: beforeTalk.FREE_TALK },
]

/** Two honest ways to talk with a partner that knows only its own replies. */
export function TalkStyleChoice({ value, onValue }: { value: TalkStyle; onValue: (value: TalkStyle) => void }) {
  const id = useId()
  return (
    <fieldset class="choices">
      <legend class="field__label">How do you want to talk?</legend>
      {styles.map((style) => (
        <label key={style.value} class="choice">
          <input
            type="radio"
            name={id}
            checked={value === style.value}
            onChange={() => onValue(style.value)}
            aria-describedby={`${id}-${style.value}`}
          />
          <span class="choice__words">
            <span class="choice__label">{style.label}</span>
            <span class="small soft" id={`${id}-${style.value}`}>
              {style.text}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
