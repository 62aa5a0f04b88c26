/**
 * A directory with a speech model: `parley-model.json` names its files with their sizes and SHA-256 sums, and all of it is
 * held against what is really there before anything is loaded, for a broken model ends the process that loads it.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { FILE_ROLES, MODEL_KINDS, toModelConfig } from './model-kinds.ts'

export const DESCRIPTION_FILE = 'parley-model.json'

/** A model that cannot be used; the message is one line that names the file at fault. */
export class SpeechModelError extends Error {
  override name = 'SpeechModelError'
}

const fileSchema = z.strictObject({
  /** From the directory, with / between its parts. */
  path: z.string().min(1).refine(isInside, 'must lead to a file inside the directory'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case'),
  bytes: z.int().positive(),
})

export const modelSchema = z.strictObject({
  /** As people know it, such as "Whisper tiny.en". */
  name: z.string().trim().min(1).max(100),
  kind: z.enum(MODEL_KINDS, { error: `must be one of ${MODEL_KINDS.join(', ')}` }),
  /** By what each is for. */
  files: z.record(z.string(), fileSchema),
  language: z.string().regex(/^[a-z]{2}$/, 'must be a code of two letters, such as "en"'),
})

export type ModelDescription = z.infer<typeof modelSchema>

export interface CheckedModel {
  name: string
  /** What the recogniser is configured with. */
  config: Record<string, unknown>
}

/** Reads and checks everything. Throws SpeechModelError. */
export async function checkModel(directory: string): Promise<CheckedModel> {
  const model = await readDescription(directory)
  const roles = Object.keys(FILE_ROLES[model.kind])
  const missing = roles.filter((role) => !model.files[role])
  if (missing.length > 0) throw fault(directory, DESCRIPTION_FILE, `files has no "${missing.join('", "')}"`)
  const unknown = Object.keys(model.files).filter((role) => !roles.includes(role))
  if (unknown.length > 0)
    throw fault(directory, DESCRIPTION_FILE, `files has "${unknown.join('", "')}", which a ${model.kind} model has not`)
  for (const file of Object.values(model.files)) await checkFile(directory, file)
  const paths = Object.entries(model.files).map(([role, file]) => [role, join(directory, file.path)] as const)
  return { name: model.name, config: toModelConfig(model.kind, Object.fromEntries(paths), model.language) }
}

/** Lower-case hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function readDescription(directory: string): Promise<ModelDescription> {
  const raw = await orFault(directory, DESCRIPTION_FILE, async () =>
    readFile(join(directory, DESCRIPTION_FILE), 'utf8'),
  )
  const json = await orFault(directory, DESCRIPTION_FILE, async (): Promise<unknown> => JSON.parse(raw))
  const parsed = modelSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`)
  throw fault(directory, DESCRIPTION_FILE, faults.join('; '))
}

async function checkFile(directory: string, { path, bytes, sha256 }: z.infer<typeof fileSchema>): Promise<void> {
  const file = join(directory, path)
  const found = await orFault(directory, path, () => stat(file))
  if (!found.isFile()) throw fault(directory, path, 'is not a file')
  if (found.size !== bytes) throw fault(directory, path, `has ${found.size} bytes, not ${bytes}`)
  const sum = await orFault(directory, path, () => sha256Of(file))
  if (sum !== sha256) throw fault(directory, path, `has the SHA-256 ${sum}, not ${sha256}`)
}

async function orFault<T>(directory: string, file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fault(directory, file, toReason(error))
  }
}

function toReason(error: unknown): string {
  if (error instanceof SyntaxError) return 'is not JSON'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'is missing' : `cannot be read (${code || 'unknown fault'})`
}

function fault(directory: string, file: string, reason: string): SpeechModelError {
  return new SpeechModelError(`${join(directory, file)} ${reason}`)
}

function isInside(path: string): boolean {
  return !isAbsolute(path) && !normalize(path).split(sep).includes('..')
}
