/** JSON as language models are asked for it and give it. */
import { z } from 'zod'

/** Without bounds: not every provider of strict schemas knows their keywords. They are checked on arrival. */
export function toStrictJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema, {
    override: ({ jsonSchema: part }) => {
      delete part.minimum
      delete part.maximum
    },
  })
  return jsonSchema
}

/** Null where the text is no JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
