/** Writes the JSON Schema of content packs, which editors read by the `$schema` of a file. Part of `npm run gen`. */
import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { packFileSchema } from '../server/domain/content-pack-file.ts'

const schema = z.toJSONSchema(packFileSchema, { target: 'draft-7', io: 'input' })
writeFileSync(new URL('content-pack.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
