import type { QuestionGroup } from '../../hooks/use-drill-questions.ts'

/** What there is, and how much of it was tried: each leads to its part of the list. */
export function CategoryLinks({ groups }: { groups: readonly QuestionGroup[] }) {
  return (
    <nav aria-label="Categories">
      <ul class="category-links">
        {groups.map((group, index) => (
          <li key={group.category}>
            <a class="category-link" href={`#${toCategoryId(index + 1)}`}>
              {group.category}
              <span class="faint small numeric">
                {countTried(group)}
                <span aria-hidden="true">/</span>
                <span class="hidden-visually"> of </span>
                {group.questions.length}
                <span class="hidden-visually"> tried</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** By its place in the list, from 1. */
export function toCategoryId(place: number): string {
  return `category-${place}`
}

export function countTried({ questions }: QuestionGroup): number {
  return questions.filter(({ attempts }) => attempts > 0).length
}
