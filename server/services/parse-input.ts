import type { z } from 'zod'
import { InvalidInputError } from '../domain/errors.ts'

/** Gives the input as the schema knows it. Throws InvalidInputError with every fault and its path. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new InvalidInputError(
    parsed.error.issues.map((issue) => ({ path: issue.path.map(String), message: issue.message })),
  )
}
