import { useId } from 'preact/hooks'
import { levelHelp, testLevels, type TestLevel } from './test-words.ts'

/** The four levels, each with a sentence that a learner can hold against themselves. */
export function LevelChoice({ value, onValue }: { value: TestLevel; onValue: (level: TestLevel) => void }) {
  const id = useId()
  return (
    <fieldset class="choices">
      <legend class="field__label">Which level?</legend>
      <p class="soft small level-choice__hint">
        Take the one whose sentence fits you today. Between two, take the lower one: the test can still find that you
        are above it.
      </p>
      {testLevels.map((level) => (
        <label key={level} class="choice">
          <input
            type="radio"
            name={id}
            checked={value === level}
            onChange={() => onValue(level)}
            aria-describedby={`${id}-${level}`}
          />
          <span class="choice__words">
            <span class="choice__label">
              {level} · {levelHelp[level].title}
            </span>
            <span class="small soft" id={`${id}-${level}`}>
              “{levelHelp[level].text}”
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
