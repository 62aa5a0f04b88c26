/** Numbers and moments in words: one spelling for the whole product. */

/** 75 -> "1:15". */
export function toClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor(whole / 60)
  const hours = Math.floor(minutes / 60)
  const tail = `${String(minutes % 60).padStart(hours > 0 ? 2 : 1, '0')}:${String(whole % 60).padStart(2, '0')}`
  return hours > 0 ? `${hours}:${tail}` : tail
}

/** 192 -> "3 min 12 s". */
export function toDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const minutes = Math.floor(whole / 60)
  if (minutes === 0) return `${whole} s`
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
}

export function toTime(moment: string | number, timeZone?: string): string {
  return new Date(moment).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', ...zone(timeZone) })
}

/** "Today", "Yesterday", else "Tuesday 3 March". */
export function toDay(moment: string | number, timeZone?: string, now = Date.now()): string {
  const dayOf = (at: string | number): string => toCalendarDay(at, timeZone)
  if (dayOf(moment) === dayOf(now)) return 'Today'
  if (dayOf(moment) === dayOf(now - 86_400_000)) return 'Yesterday'
  const isThisYear = dayOf(moment).slice(0, 4) === dayOf(now).slice(0, 4)
  return new Date(moment).toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
    ...zone(timeZone),
  })
}

/** "3 March", with the year where it is another one. */
export function toDate(moment: string | number, timeZone?: string, now = Date.now()): string {
  const isThisYear = toCalendarDay(moment, timeZone).slice(0, 4) === toCalendarDay(now, timeZone).slice(0, 4)
  const year = isThisYear ? {} : { year: 'numeric' as const }
  return new Date(moment).toLocaleDateString(undefined, { day: 'numeric', month: 'long', ...year, ...zone(timeZone) })
}

/** "2026-03-03". */
export function toCalendarDay(moment: string | number, timeZone?: string): string {
  return new Date(moment).toLocaleDateString('en-CA', zone(timeZone))
}

/** A time zone that this browser does not know must not break a page. */
function zone(timeZone: string | undefined): { timeZone?: string } {
  if (!timeZone) return {}
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return { timeZone }
  } catch {
    return {}
  }
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
