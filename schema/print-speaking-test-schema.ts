/** Writes the JSON Schema of speaking tests, which editors read by the `$schema` of a file. Part of `npm run gen`. */
import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { testSetSchema } from '../server/domain/speaking-test/test-set.ts'

const schema = z.toJSONSchema(testSetSchema, { target: 'draft-7', io: 'input' })
writeFileSync(new URL('speaking-test.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
