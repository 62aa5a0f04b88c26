/** How a setting's text becomes its value, and what is said of one that cannot. */
import { isIP } from 'node:net'
import { z } from 'zod'

function isUrl(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol)
}

export function isOrigin(value: string): boolean {
  if (!isUrl(value, ['http:', 'https:'])) return false
  const { pathname, search, hash, username } = new URL(value)
  return pathname === '/' && `${search}${hash}${username}` === ''
}

export const wholeNumber = (low: number, high: number) => {
  const message = `must be a whole number from ${low} to ${high}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= low && value <= high, message)
}
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')
export const httpUrl = (example: string) =>
  z.string().refine((value) => isUrl(value, ['http:', 'https:']), `must be an http or https address such as ${example}`)
export const databaseUrl = z
  .string()
  .refine(
    (value) => isUrl(value, ['postgres:', 'postgresql:']),
    'must look like postgres://user:password@host:5432/database',
  )
export const redisUrl = z
  .string()
  .refine((value) => isUrl(value, ['redis:', 'rediss:']), 'must look like redis://user:password@host:6379')
export const addressList = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine((list) => list.every((part) => isIP(part) !== 0), 'must be IP addresses with commas between them')
export const trustProxy = z
  .string()
  .regex(/^(true|false|\d{1,2}|[\da-fA-F.:/, ]+)$/, 'must be true, false, the number of proxies, or their addresses')
  .transform((value) =>
    /^\d+$/.test(value) ? Number(value) : value === 'true' || value === 'false' ? value === 'true' : value,
  )
export const handover = z
  .string()
  .transform((value, context): unknown => {
    try {
      return JSON.parse(value)
    } catch {
      context.addIssue({ code: 'custom', message: 'is set by `npm run dev` alone; remove it' })
      return z.NEVER
    }
  })
  .pipe(
    z.object({
      database: z.object({ url: z.string(), ownerUrl: z.string() }),
      realtime: z.object({ apiKey: z.string(), baseUrl: z.string(), isBuiltIn: z.boolean() }),
    }),
  )
