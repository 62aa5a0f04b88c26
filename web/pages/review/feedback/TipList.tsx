import { Icon } from '../../../components/Icon.tsx'
import type { TipPartsFragment } from '../../../gql/documents.ts'
import { type PlaceFinder, Quote } from './Quote.tsx'

export interface TipListProps {
  title: string
  tips: readonly TipPartsFragment[]
  /** Changes are numbered: the first helps most. */
  look: 'good' | 'change'
  findPlace: PlaceFinder
}

/** Nothing where there is nothing to say. */
export function TipList({ title, tips, look, findPlace }: TipListProps) {
  if (tips.length === 0) return null
  const List = look === 'change' ? 'ol' : 'ul'
  return (
    <section class="tips" data-look={look} aria-label={title}>
      <h3>{title}</h3>
      <List class="tips__list">
        {tips.map((tip, index) => (
          <li key={index} class="tip">
            <span class="tip__mark" aria-hidden="true">
              {look === 'change' ? index + 1 : <Icon name="check" />}
            </span>
            <div class="tip__body">
              <p>{tip.text}</p>
              {tip.quote !== null && (
                <Quote text={tip.quote} place={tip.segmentItemId === null ? null : findPlace(tip.segmentItemId)} />
              )}
            </div>
          </li>
        ))}
      </List>
    </section>
  )
}
