/** When a screen reader is told how much time is left: rarely, so that it never talks over the learner. */

const tellAtSeconds = [10, 30]

/** The newest announcement that is due; empty before the first. A time that was hardly longer is not announced. */
export function toTimeAnnouncement(secondsLeft: number, totalSeconds: number): string {
  const due = tellAtSeconds.find((at) => secondsLeft <= at && totalSeconds >= at + 5)
  return due === undefined || secondsLeft <= 0 ? '' : `${due} seconds left`
}
