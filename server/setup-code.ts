import { randomInt } from 'node:crypto'

/** No letters or digits that look like another one. */
const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** What the first sign-up needs on an installation that others can reach: 12 signs (60 bits), shown at start, good until the next. */
export function makeSetupCode(): string {
  const part = (): string => Array.from({ length: 4 }, () => signs[randomInt(signs.length)]).join('')
  return [part(), part(), part()].join('-')
}
