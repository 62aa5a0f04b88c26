import { toClock } from '../../../components/format.ts'
import { Icon } from '../../../components/Icon.tsx'

/** A place in the transcript. */
export interface QuotePlace {
  startMs: number
  /** False where there is no sound: the place can only be shown. */
  canHear: boolean
  go: () => void
}

/** Null for a line that is not in the transcript. */
export type PlaceFinder = (itemId: string) => QuotePlace | null

/** The learner's own words; a press goes there and plays them. */
export function Quote({ text, place }: { text: string; place: QuotePlace | null }) {
  const words = <q class="quote__words">{text}</q>
  if (!place) return <p class="quote">{words}</p>
  const at = toClock(place.startMs / 1_000)
  return (
    <button type="button" class="quote" onClick={place.go}>
      <Icon name={place.canHear ? 'play' : 'captions'} />
      {words}
      <span class="quote__at numeric small">
        <span class="hidden-visually">{place.canHear ? 'Play at ' : 'Show at '}</span>
        {at}
      </span>
    </button>
  )
}
