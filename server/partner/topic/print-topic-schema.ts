/** Writes the JSON Schema of topic files, which editors read by the `$schema` of a file. Part of `npm run gen`. */
import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { topicShape } from './topic-shape.ts'

const schema = z.toJSONSchema(topicShape, { target: 'draft-7', io: 'input' })
writeFileSync(new URL('../../../schema/topic.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
