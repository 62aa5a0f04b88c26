import { z } from 'zod'
import { findUser, hasAnyUser, insertUser, lockSignUp, type UserRecord } from '../../db/queries/user.ts'
import { ConflictError, InvalidInputError } from '../domain/errors.ts'
import type { UserId } from '../domain/ids.ts'
import { isStorable } from './is-storable.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface SignUpInput {
  email: string
  password: string
  name?: string | null | undefined
  setupCode?: string | null | undefined
}

export interface SignedIn {
  user: UserRecord
  /** For the answer's Set-Cookie header. */
  setCookie: string
}

/** Length alone is asked of a password. Source: NIST SP 800-63B, section 5.1.1. */
export const passwordSchema = z.string().min(8, 'Use at least 8 characters.').max(200, 'Use at most 200 characters.')
/** What the partner may call the learner. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'Write a name, or leave it out.')
  .max(100, 'Use at most 100 characters.')
  .refine(isStorable, 'A name has no null character.')
/** Of an e-mail address. Source: RFC 5321, section 4.5.3.1.3, less the angle brackets. */
export const maxAddressLength = 254

const inputSchema = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(maxAddressLength, 'An e-mail address has at most 254 characters.')
    .pipe(z.email('This is not an e-mail address.')),
  password: passwordSchema,
  // A form sends an empty field for a name that was left out.
  name: z.preprocess((name) => (name === '' ? null : name), nameSchema.nullish()),
  setupCode: z.string().trim().nullish(),
})

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId' | 'passwords' | 'signIns' | 'throttles' | 'signUpRules'>

/**
 * Opens an account and signs it in. The first one is the administrator's.
 * Throws InvalidInputError, ConflictError (address taken), RateLimitedError.
 */
export async function signUp(deps: Deps, client: string, input: SignUpInput): Promise<SignedIn> {
  await deps.throttles.client.spend(client)
  const { email, password, name, setupCode } = parseInput(inputSchema, input)
  const passwordHash = await deps.passwords.hash(password)
  const id = deps.makeId<UserId>()
  const user = await deps.db.withSystem('sign up', async (tx) => {
    await lockSignUp(tx)
    const isFirst = !(await hasAnyUser(tx))
    if (isFirst) requireSetupCode(deps.signUpRules.setupCode, setupCode ?? null)
    const isInserted = await insertUser(tx, {
      id,
      email,
      name: name ?? null,
      passwordHash,
      role: isFirst ? 'ADMIN' : 'LEARNER',
      entitlement: deps.signUpRules.newUserEntitlement,
      now: deps.clock(),
    })
    return isInserted ? findUser(tx, id) : null
  })
  if (!user) throw new ConflictError('There is an account with this address. Sign in instead.')
  return { user, setCookie: await deps.signIns.start(user.id) }
}

function requireSetupCode(expected: string | null, given: string | null): void {
  if (expected === null || expected === given) return
  throw new InvalidInputError([
    { path: ['setupCode'], message: 'Give the code that was printed when the server started.' },
  ])
}
