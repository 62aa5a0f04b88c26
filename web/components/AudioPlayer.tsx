import type { ComponentChildren } from 'preact'
import type { Player } from '../hooks/use-player.ts'
import { toClock, toDuration } from './format.ts'
import { Icon } from './Icon.tsx'
import { Notice } from './Notice.tsx'

const rates = [0.75, 1, 1.25]
const stepSeconds = 5

export interface AudioPlayerProps {
  player: Player
  /** A picture of the recording, whole width from beginning to end, that takes the place of the plain line. */
  track?: ComponentChildren
  /** What the picture shows. */
  legend?: ComponentChildren
}

/** Play, pause, move, and slow down: all with real controls that a keyboard knows. */
export function AudioPlayer({ player, track, legend }: AudioPlayerProps) {
  const { isPlaying, rate } = player
  return (
    <section class="player" aria-label="Recording" data-drawn={track ? 'true' : undefined}>
      {player.hasFailed && (
        <Notice tone="problem">The recording could not be loaded. Load the page again to try once more.</Notice>
      )}
      <div class="player__row">
        <button type="button" class="player__play" aria-label={isPlaying ? 'Pause' : 'Play'} onClick={player.toggle}>
          <Icon name={isPlaying ? 'pause' : 'play'} />
        </button>
        <button
          type="button"
          class="button button--quiet button--icon"
          aria-label={`Back ${stepSeconds} seconds`}
          onClick={() => player.seek(player.position - stepSeconds)}
        >
          <Icon name="rewind" />
        </button>
        <Track player={player}>{track}</Track>
        <div class="player__rates" role="group" aria-label="Speed">
          {rates.map((each) => (
            <button
              key={each}
              type="button"
              class="player__rate"
              aria-pressed={each === rate}
              onClick={() => player.setRate(each)}
            >
              {each}×
            </button>
          ))}
        </div>
      </div>
      {legend}
    </section>
  )
}

/** A slider; over a picture it is there for hand and keyboard, and the picture for the eye. */
function Track({ player, children }: { player: Player; children: ComponentChildren }) {
  const { position, duration } = player
  return (
    <div class="player__track">
      <div class="player__line">
        {children}
        <input
          class="range"
          type="range"
          aria-label="Position"
          aria-valuetext={`${toDuration(position)} of ${toDuration(duration)}`}
          min={0}
          max={Math.max(0.1, duration)}
          step={0.1}
          value={Math.min(position, duration)}
          onInput={(event) => player.seek(Number(event.currentTarget.value))}
          onKeyDown={(event) => moveByKey(event, player)}
        />
      </div>
      <p class="player__times numeric small faint">
        <span>{toClock(position)}</span>
        <span>{toClock(duration)}</span>
      </p>
    </div>
  )
}

/** A slider's own step is right for a hand that drags and far too small for a key. */
function moveByKey(event: KeyboardEvent, { position, duration, seek, toggle }: Player): void {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }
  const step = steps[event.key]
  if (step === undefined && event.key !== ' ') return
  event.preventDefault()
  if (step === undefined) toggle()
  else seek(Math.min(duration, position + step * stepSeconds))
}
