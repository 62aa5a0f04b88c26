import type { CefrLevel } from '../../gql/documents.ts'

/** The Common European Framework's levels in plain words. */
export const levelNames: Record<CefrLevel, string> = {
  A1: 'A1 · First words',
  A2: 'A2 · Everyday things',
  B1: 'B1 · Getting around',
  B2: 'B2 · Opinions',
  C1: 'C1 · Nuance',
  C2: 'C2 · At ease with anything',
}

/** One level at a time; none is marked while a search looks through all. */
export function LevelTabs({
  levels,
  value,
  onValue,
}: {
  levels: readonly CefrLevel[]
  value: CefrLevel | null
  onValue: (level: CefrLevel) => void
}) {
  return (
    <div class="levels" role="group" aria-label="Level">
      {levels.map((level) => (
        <button
          key={level}
          type="button"
          class="levels__item"
          aria-pressed={level === value}
          onClick={() => onValue(level)}
        >
          {level}
        </button>
      ))}
    </div>
  )
}
