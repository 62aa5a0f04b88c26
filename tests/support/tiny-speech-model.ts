/**
 * The smallest model that the recogniser loads: it hears the same two words in whatever it is given. Written as ONNX by hand, in
 * the form of a NeMo CTC model. Source: onnx.proto (field numbers); sherpa-onnx, metadata of offline-nemo-ctc-model.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeFile } from './model-folder.ts'

export const ALWAYS_HEARD = 'hello learner'

const TOKENS = ['▁hello', '▁learner', '<blk>']
const BLANK = 2
/** Of 80 ms: enough for two minutes. */
const FRAMES = 1_500
const FLOAT = 1
const INT64 = 7

/** Writes model, tokens and description into the folder. */
export async function writeTinyModel(folder: string): Promise<void> {
  const model = encodeModel()
  const tokens = TOKENS.map((token, index) => `${token} ${index}\n`).join('')
  await writeFile(join(folder, 'tiny.onnx'), model)
  await writeFile(join(folder, 'words.txt'), tokens)
  const files = { model: describeFile('tiny.onnx', model), tokens: describeFile('words.txt', Buffer.from(tokens)) }
  const description = { name: 'Two words', kind: 'nemo-ctc', files, language: 'en' }
  await writeFile(join(folder, 'parley-model.json'), JSON.stringify(description))
}

function encodeModel(): Buffer {
  const scores = new Float32Array(FRAMES * TOKENS.length).fill(-10)
  const heardAt = new Map([
    [2, 0],
    [5, 1],
  ])
  for (let frame = 0; frame < FRAMES; frame += 1) scores[frame * TOKENS.length + (heardAt.get(frame) ?? BLANK)] = 0
  const dims = [1, FRAMES, TOKENS.length]
  const tensor = [
    ...dims.map((size) => varint(1, size)),
    varint(2, FLOAT),
    bytes(8, 'scores'),
    bytes(9, Buffer.from(scores.buffer)),
  ]
  const graph = [
    bytes(1, Buffer.concat([bytes(1, 'scores'), bytes(2, 'logprobs'), bytes(4, 'Identity')])),
    bytes(2, 'two-words'),
    bytes(5, Buffer.concat(tensor)),
    bytes(11, valueInfo('audio_signal', FLOAT, ['batch', 'features', 'time'])),
    bytes(11, valueInfo('length', INT64, ['batch'])),
    bytes(12, valueInfo('logprobs', FLOAT, dims)),
  ]
  const metadata = { vocab_size: TOKENS.length, subsampling_factor: 8, normalize_type: 'per_feature' }
  return Buffer.concat([
    varint(1, 8),
    bytes(7, Buffer.concat(graph)),
    bytes(8, Buffer.concat([bytes(1, ''), varint(2, 13)])),
    ...Object.entries(metadata).map(([key, value]) =>
      bytes(14, Buffer.concat([bytes(1, key), bytes(2, String(value))])),
    ),
  ])
}

/** Named dimensions are of any size. */
function valueInfo(name: string, elementType: number, shape: readonly (number | string)[]): Buffer {
  const dims = shape.map((size) => bytes(1, typeof size === 'number' ? varint(1, size) : bytes(2, size)))
  const tensorType = Buffer.concat([varint(1, elementType), bytes(2, Buffer.concat(dims))])
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, tensorType))])
}

/** Source: protocol buffers, encoding: a field's number and kind, then its value. */
function varint(field: number, value: number): Buffer {
  return Buffer.concat([number(field * 8), number(value)])
}

function bytes(field: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content)
  return Buffer.concat([number(field * 8 + 2), number(body.length), body])
}

function number(value: number): Buffer {
  const digits: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    digits.push((rest % 128) + (rest >= 128 ? 128 : 0))
    if (rest < 128) return Buffer.from(digits)
  }
}
