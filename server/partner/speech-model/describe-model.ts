/**
 * Command: `node server/partner/speech-model/describe-model.ts DIRECTORY [KIND]` writes the directory's parley-model.json, by the
 * names of the files in it. Models of one file do not tell their kind: then it is to be given.
 */
import { readdir, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { DESCRIPTION_FILE, sha256Of, SpeechModelError, type ModelDescription } from './model-files.ts'
import { FILE_ROLES, MODEL_KINDS, type ModelKind } from './model-kinds.ts'

/** Throws SpeechModelError, in a sentence that says what to do. */
export async function describeModel(directory: string, kind: string | undefined): Promise<ModelDescription> {
  const names = await readdir(directory).catch(() => {
    throw new SpeechModelError(`${directory} is not a directory that can be read`)
  })
  const chosen = chooseKind(names, kind)
  const files: ModelDescription['files'] = {}
  for (const [role, path] of Object.entries(chosen.files)) {
    const file = join(directory, path)
    files[role] = { path, sha256: await sha256Of(file), bytes: (await stat(file)).size }
  }
  return { name: basename(resolve(directory)), kind: chosen.kind, files, language: 'en' }
}

function chooseKind(names: readonly string[], wanted: string | undefined) {
  if (wanted !== undefined && !MODEL_KINDS.some((kind) => kind === wanted))
    throw new SpeechModelError(`${wanted} is no kind of model: use ${MODEL_KINDS.join(', ')}`)
  const candidates = (Object.keys(FILE_ROLES) as ModelKind[])
    .filter((kind) => wanted === undefined || kind === wanted)
    .flatMap((kind) => {
      const files = findFiles(names, kind)
      return files ? [{ kind, files }] : []
    })
  const most = Math.max(0, ...candidates.map(({ files }) => Object.keys(files).length))
  const [best, ...others] = candidates.filter(({ files }) => Object.keys(files).length === most)
  if (!best) throw new SpeechModelError('The directory has not all files of a model of a kind that is known')
  if (others.length === 0) return best
  const kinds = [best, ...others].map(({ kind }) => kind)
  throw new SpeechModelError(`The files do not tell the kind of model: add one of ${kinds.join(', ')} to the command`)
}

/** By role; null when one is not there. Of several, the smaller kind for processors (int8) is taken. */
function findFiles(names: readonly string[], kind: ModelKind): Record<string, string> | null {
  const found = Object.entries(FILE_ROLES[kind]).map(([role, pattern]) => {
    const fitting = names.filter((name) => pattern.test(name)).toSorted()
    return [role, fitting.find((name) => name.includes('int8')) ?? fitting[0]] as const
  })
  return found.every(([, name]) => name !== undefined) ? (Object.fromEntries(found) as Record<string, string>) : null
}

if (import.meta.main) {
  const [directory, kind] = process.argv.slice(2)
  try {
    if (directory === undefined) throw new SpeechModelError('Name the directory of the model')
    const description = await describeModel(directory, kind)
    await writeFile(join(directory, DESCRIPTION_FILE), `${JSON.stringify(description, null, 2)}\n`)
    process.stdout.write(`${join(directory, DESCRIPTION_FILE)} describes a ${description.kind} model\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
