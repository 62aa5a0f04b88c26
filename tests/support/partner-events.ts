/**
 * Every event that any test sends or receives, checked against JSON Schemas made from the types of the installed official
 * SDK. Made once for each version of the SDK and kept in node_modules/.cache. Further fields (`parley`) are allowed;
 * missing ones, wrong types and unknown kinds of events are not.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import { alwaysSent, mayBeNull } from './partner-event-deviations.ts'

interface Schema {
  [keyword: string]: unknown
  $ref?: string
  anyOf?: Schema[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  definitions?: Record<string, Schema>
}

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const ROOTS = ['RealtimeServerEvent', 'RealtimeClientEvent'] as const
type Root = (typeof ROOTS)[number]

/** Throws when it is no event that a server may send, or lacks a required field, or has one of another type. */
export function assertWellFormed(event: { type: string }) {
  assertFits(event, 'RealtimeServerEvent')
}

/** The same for what a client sends. */
export function assertClientEvent(event: { type: string }) {
  assertFits(event, 'RealtimeClientEvent')
}

function assertFits(event: { type: string }, root: Root) {
  const validate = validators.get(`${root} ${event.type}`)
  if (!validate) throw new Error(`Not a ${root}: ${event.type}`)
  const isFit: boolean = validate(event)
  if (!isFit) throw new Error(`Malformed ${event.type}: ${ajv.errorsText(validate.errors)}`)
}

const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false })
const validators = compile(await loadSchemas())

/** One check for each type of event: a fault then names the field, and not that none of 46 shapes fits. */
function compile(schemas: Record<Root, Schema>): Map<string, ValidateFunction> {
  return new Map(
    ROOTS.flatMap((root) => {
      const schema = schemas[root]
      for (const { type, field } of mayBeNull) allowNull(schema, type, field)
      if (root === 'RealtimeServerEvent') for (const { type, fields } of alwaysSent) requireFields(schema, type, fields)
      ajv.addSchema({ ...schema, $id: root })
      return eventNames(schema).map(([type, name]): [string, ValidateFunction] => {
        const validate = ajv.getSchema(`${root}#/definitions/${name}`)
        if (!validate) throw new Error(`No schema for ${name}`)
        return [`${root} ${type}`, validate]
      })
    }),
  )
}

function eventNames(schema: Schema): [type: string, name: string][] {
  return (schema.anyOf ?? []).map(({ $ref = '' }) => {
    const name = $ref.replace('#/definitions/', '')
    return [String(schema.definitions?.[name]?.properties?.['type']?.const), name]
  })
}

function allowNull(schema: Schema, type: string, field: string) {
  const properties = schema.definitions?.[type]?.properties
  const known = properties?.[field]
  // A root that has no such type does not speak of it.
  if (properties && known) properties[field] = { anyOf: [known, { type: 'null' }] }
}

function requireFields(schema: Schema, type: string, fields: readonly string[]) {
  const definition = schema.definitions?.[type]
  if (!definition) throw new Error(`The SDK has no type ${type} any more`)
  definition.required = [...new Set([...(definition.required ?? []), ...fields])]
}

async function loadSchemas(): Promise<Record<Root, Schema>> {
  const versions = ['openai', 'ts-json-schema-generator'].map(versionOf)
  const folder = join(nodeModules, '.cache', 'parley')
  const file = join(folder, `realtime-events-${versions.join('-')}.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<Root, Schema>
  } catch {
    const schemas = await generate()
    mkdirSync(folder, { recursive: true })
    // Other test files may be at it as well: nobody ever reads half a file.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(schemas))
    renameSync(`${file}.${process.pid}`, file)
    return schemas
  }
}

async function generate(): Promise<Record<Root, Schema>> {
  const { createGenerator } = await import('ts-json-schema-generator')
  const generator = createGenerator({
    path: join(nodeModules, 'openai/resources/realtime/realtime.d.ts'),
    skipTypeCheck: true,
    additionalProperties: true,
    encodeRefs: false,
    topRef: false,
  })
  const toSchema = (root: Root) => generator.createSchema(root) as Schema
  return { RealtimeServerEvent: toSchema(ROOTS[0]), RealtimeClientEvent: toSchema(ROOTS[1]) }
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(nodeModules, name, 'package.json'), 'utf8')) as { version: string }).version
}
