import type { Player } from '../hooks/use-player.ts'
import { toClock, toDuration } from './format.ts'
import { Icon } from './Icon.tsx'
import { Notice } from './Notice.tsx'

const rates = [0.75, 1, 1.25]
const stepSeconds = 5

/** Play, pause, move, and slow down: all with real controls that a keyboard knows. */
export function AudioPlayer({ player }: { player: Player }) {
  const { isPlaying, position, duration, rate } = player
  return (
    <section class="player" aria-label="Recording">
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
          onClick={() => player.seek(position - stepSeconds)}
        >
          <Icon name="rewind" />
        </button>
        <div class="player__track">
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
          />
          <p class="player__times numeric small faint">
            <span>{toClock(position)}</span>
            <span>{toClock(duration)}</span>
          </p>
        </div>
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
    </section>
  )
}
