/** Folders of speech models that are none: the right names, and bytes that no recogniser can load. */
import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An utterance that begins with it ends the process that stands in for a model. */
export const DEADLY_SAMPLE = -12_345

export const MODEL_BYTES = 'these bytes are no model'

export function describeFile(path: string, content: Buffer | string = MODEL_BYTES) {
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}

/** A whole folder by its description; `over` replaces parts of that. */
export async function makeModelFolder(over: Record<string, unknown> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-model-'))
  for (const name of ['model.onnx', 'tokens.txt']) await writeFile(join(folder, name), MODEL_BYTES)
  const files = { model: describeFile('model.onnx'), tokens: describeFile('tokens.txt') }
  const description = { name: 'A model', kind: 'nemo-ctc', files, language: 'en', ...over }
  await writeFile(join(folder, 'parley-model.json'), JSON.stringify(description))
  return folder
}
