/** Lengths of practice as they are written here: whole minutes, since nobody counts the seconds of a month. */

/** 12,300 -> "3 h 25 min"; less than a minute is named in seconds. */
export function toPractised(seconds: number): string {
  if (seconds > 0 && seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}
