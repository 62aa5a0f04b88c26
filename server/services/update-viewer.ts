import { z } from 'zod'
import { isTimeZoneOfDatabase, updateUser, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { cefrLevels } from '../domain/cefr-level.ts'
import { InvalidInputError } from '../domain/errors.ts'
import { isStorable } from './is-storable.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'
import { nameSchema } from './sign-up.ts'

const timeZoneMessage = 'This is not an IANA time zone, such as Europe/Berlin.'

const inputSchema = z.object({
  name: nameSchema.nullable().exactOptional(),
  endOfTurnPauseMs: z.int().min(500, 'At least 500 ms.').max(5_000, 'At most 5,000 ms.').nullable().exactOptional(),
  partnerSpeed: z.number().min(0.75, 'At least 0.75.').max(1, 'At most 1.').nullable().exactOptional(),
  voice: z
    .string()
    .trim()
    .min(1, 'Name a voice, or leave it out.')
    .max(60, 'Use at most 60 characters.')
    .refine(isStorable, 'A voice has no null character.')
    .nullable()
    .exactOptional(),
  level: z.enum(cefrLevels).nullable().exactOptional(),
  captions: z.boolean().exactOptional(),
  timeZone: z.string().refine(isTimeZone, timeZoneMessage).exactOptional(),
})

/** A key left out stays as it is; null goes back to the default. `captions` and `timeZone` have no null. Throws InvalidInputError. */
export async function updateViewer(
  deps: Pick<ServiceDeps, 'db' | 'clock'>,
  viewer: Viewer,
  input: unknown,
): Promise<UserRecord> {
  const changes = parseInput(inputSchema, input)
  return deps.db.asViewer(viewer.id, async (tx) => {
    if (changes.timeZone !== undefined && !(await isTimeZoneOfDatabase(tx, changes.timeZone))) throw unknownTimeZone()
    return updateUser(tx, viewer.id, changes, deps.clock())
  })
}

function isTimeZone(name: string): boolean {
  try {
    // An offset such as +01:00 is accepted here but is no zone of the database's.
    return (
      /^[A-Za-z][\w+/-]*$/.test(name) &&
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    )
  } catch {
    return false
  }
}

function unknownTimeZone(): InvalidInputError {
  return new InvalidInputError([{ path: ['timeZone'], message: timeZoneMessage }])
}
