const bars = 24

/** How loud it is now, 0 to 1, as bars that light up. */
export function LevelBars({ level }: { level: number }) {
  return (
    <div
      class="meter__bars"
      role="meter"
      aria-label="Microphone level"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(level * 100)}
    >
      {Array.from({ length: bars }, (_, index) => (
        <span key={index} class="meter__bar" data-on={level * bars > index} />
      ))}
    </div>
  )
}
