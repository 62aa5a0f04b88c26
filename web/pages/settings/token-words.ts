/** What a person reads of access tokens. */
import { toDate, toDay } from '../../components/format.ts'
import type { TokenScope } from '../../gql/documents.ts'
import type { AccessToken } from '../../hooks/use-access-tokens.ts'

export const scopeWords: Record<TokenScope, string> = {
  HISTORY_READ: 'Read your sessions, recordings and feedback',
  SESSIONS_WRITE: 'Start sessions and add to them',
  PACKS_WRITE: 'Upload and change content packs',
}

export const scopes = Object.keys(scopeWords) as TokenScope[]

/** By days. */
export const expiryOptions = [
  { value: '30', label: 'After 30 days' },
  { value: '90', label: 'After 90 days' },
  { value: '365', label: 'After a year' },
  { value: 'never', label: 'Never' },
]

/** "Last used today · holds until 3 March". */
export function toTokenLine(token: AccessToken, timeZone: string, now = Date.now()): string {
  const used =
    token.lastUsedAt === null ? 'Never used' : `Last used ${inSentence(toDay(token.lastUsedAt, timeZone, now))}`
  return `${used} · ${toEnd(token.expiresAt, timeZone, now)}`
}

function toEnd(expiresAt: string | null, timeZone: string, now: number): string {
  if (expiresAt === null) return 'never runs out'
  const day = toDate(expiresAt, timeZone, now)
  return Date.parse(expiresAt) <= now ? `ran out on ${day}` : `holds until ${day}`
}

/** "Today" and "Yesterday" stand at the end of the sentence here; a date has "on" before it. */
function inSentence(day: string): string {
  return day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : `on ${day}`
}
