/** Writes the printed schema, which is committed and reviewed. `npm run gen` runs it. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './index.ts'

await writeFile(path.join(import.meta.dirname, 'schema.graphql'), `${printSchema(lexicographicSortSchema(schema))}\n`)
