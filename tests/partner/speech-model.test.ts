/** A speech model on this installation: what is wrong with one is said in a line, and whatever it does, the partner lives. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import type { LogFields } from '../../server/partner/log.ts'
import type { PartnerMind } from '../../server/partner/protocol/partner-mind.ts'
import { checkModel } from '../../server/partner/speech-model/model-files.ts'
import { MODEL_KINDS, toModelConfig } from '../../server/partner/speech-model/model-kinds.ts'
import { RecognisingMind } from '../../server/partner/speech-model/recognising-mind.ts'
import { startSpeechModel, type SpeechModel } from '../../server/partner/speech-model/speech-model.ts'
import { DEADLY_SAMPLE, describeFile, makeModelFolder, MODEL_BYTES } from '../support/model-folder.ts'
import { openSpeaker } from '../support/partner-speech.ts'
import { ALWAYS_HEARD, writeTinyModel } from '../support/tiny-speech-model.ts'
import { callPartner } from '../support/partner-peer.ts'
import { startPartnerProcess } from '../support/partner-process.ts'

const run = promisify(execFile)
const SCRIPTED = fileURLToPath(new URL('../support/scripted-model-child.ts', import.meta.url))
const DESCRIBE = fileURLToPath(new URL('../../server/partner/speech-model/describe-model.ts', import.meta.url))

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function makeFolder(over?: Record<string, unknown>): Promise<string> {
  const folder = await makeModelFolder(over)
  cleanUps.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('a model folder', () => {
  const tokens = describeFile('tokens.txt')

  test('that is as described is taken, with the paths of its files', async () => {
    const folder = await makeFolder()
    expect(await checkModel(folder)).toMatchObject({
      name: 'A model',
      config: { nemoCtc: { model: join(folder, 'model.onnx') }, tokens: join(folder, 'tokens.txt') },
    })
  })

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a file is missing', { files: { model: describeFile('gone.onnx'), tokens } }, /gone\.onnx is missing$/],
    [
      'a file has another size',
      { files: { model: describeFile('model.onnx', 'longer than what is there'), tokens } },
      /model\.onnx has 24 bytes, not 25$/,
    ],
    [
      'a file has other bytes',
      { files: { model: describeFile('model.onnx', 'these bytes are another.'), tokens } },
      /model\.onnx has the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}$/,
    ],
    [
      'a file lies outside',
      { files: { model: describeFile('../model.onnx'), tokens } },
      /parley-model\.json files\.model\.path must lead to a file inside the directory$/,
    ],
    ['a role is missing', { files: { tokens } }, /parley-model\.json files has no "model"$/],
    [
      'a role is of another kind',
      { files: { model: describeFile('model.onnx'), tokens, joiner: tokens } },
      /files has "joiner", which a nemo-ctc model has not$/,
    ],
    ['its kind is unknown', { kind: 'oracle' }, /parley-model\.json kind must be one of whisper, transducer/],
    ['its language is none', { language: 'English' }, /language must be a code of two letters/],
  ])('is refused in one line when %s', async (_what, over, line) => {
    const fault = await checkModel(await makeFolder(over)).catch((error: unknown) => error)
    expect(fault).toMatchObject({ name: 'SpeechModelError', message: expect.stringMatching(line) })
    expect(String(fault).split('\n')).toHaveLength(1)
  })

  test('is refused when it is not there, has no description, one that is no JSON, or a folder for a file', async () => {
    const folder = await makeFolder()
    await expect(checkModel(join(folder, 'elsewhere'))).rejects.toThrow(/parley-model\.json is missing$/)
    await rm(join(folder, 'model.onnx'))
    await mkdir(join(folder, 'model.onnx'))
    await expect(checkModel(folder)).rejects.toThrow(/model\.onnx is not a file$/)
    await writeFile(join(folder, 'parley-model.json'), '{')
    await expect(checkModel(folder)).rejects.toThrow(/parley-model\.json is not JSON$/)
    await rm(join(folder, 'parley-model.json'))
    await expect(checkModel(folder)).rejects.toThrow(/parley-model\.json is missing$/)
  })

  test.each(MODEL_KINDS)('of kind %s is configured under one name of the recogniser', (kind) => {
    const config = toModelConfig(kind, { tokens: '/m/tokens.txt', model: '/m/model.onnx' }, 'en')
    expect(Object.keys(config).filter((key) => typeof config[key] === 'object')).toHaveLength(1)
    expect(config).toMatchObject({ tokens: '/m/tokens.txt', provider: 'cpu' })
  })
})

describe('the command that describes a model', () => {
  const whisper = [
    'tiny.en-encoder.int8.onnx',
    'tiny.en-encoder.onnx',
    'tiny.en-decoder.int8.onnx',
    'tiny.en-tokens.txt',
  ]

  async function folderOf(names: readonly string[]): Promise<string> {
    const folder = await makeFolder()
    for (const old of ['model.onnx', 'tokens.txt', 'parley-model.json']) await rm(join(folder, old))
    for (const name of names) await writeFile(join(folder, name), MODEL_BYTES)
    return folder
  }

  test.each([
    ['whisper', whisper, []],
    ['transducer', ['encoder-epoch-1.onnx', 'decoder-epoch-1.onnx', 'joiner-epoch-1.onnx', 'tokens.txt'], []],
    [
      'moonshine',
      ['preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx', 'cached_decode.int8.onnx', 'tokens.txt'],
      [],
    ],
    ['sense-voice', ['model.int8.onnx', 'tokens.txt'], ['sense-voice']],
  ])('writes what makes a %s folder good', async (kind, names, more) => {
    const folder = await folderOf(names)
    await run(process.execPath, [DESCRIBE, folder, ...more])
    const written = JSON.parse(await readFile(join(folder, 'parley-model.json'), 'utf8'))
    expect(written.kind).toBe(kind)
    await expect(checkModel(folder)).resolves.toBeDefined()
  })

  test('takes the files of whole numbers, which are made for processors', async () => {
    const folder = await folderOf(whisper)
    await run(process.execPath, [DESCRIBE, folder])
    const { files } = JSON.parse(await readFile(join(folder, 'parley-model.json'), 'utf8'))
    expect(files.encoder.path).toBe('tiny.en-encoder.int8.onnx')
  })

  test.each([
    [
      'one file could be of several kinds',
      ['model.onnx', 'tokens.txt'],
      [],
      /add one of paraformer, sense-voice, nemo-ctc/,
    ],
    ['files are missing', ['tokens.txt'], [], /has not all files of a model/],
    ['the kind is unknown', ['model.onnx', 'tokens.txt'], ['oracle'], /oracle is no kind of model/],
  ])('says what to do when %s', async (_what, names, more, line) => {
    const failed = run(process.execPath, [DESCRIBE, await folderOf(names), ...more])
    await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(line) })
  })
})

describe('the process with the model', () => {
  async function start(entry?: string) {
    const lines: { event: string; fields: LogFields }[] = []
    let told = () => {}
    const note = (event: string, fields: LogFields = {}) => {
      lines.push({ event, fields })
      told()
    }
    const logged = async (event: string) => {
      while (!lines.some((line) => line.event === event)) await new Promise<void>((resolve) => (told = resolve))
    }
    const directory = await makeFolder()
    const model = startSpeechModel({
      directory,
      log: { info: note, error: note },
      restartAfterMs: 1,
      ...(entry !== undefined && { entry }),
    })
    cleanUps.push(() => model.close())
    await model.firstStart
    return { model, lines, logged, directory }
  }

  function utterance(length: number, first = 0): Int16Array {
    const samples = new Int16Array(length)
    samples[0] = first
    return samples
  }

  test('gives the words of each utterance', async () => {
    const { model } = await start(SCRIPTED)
    expect(model.isReady).toBe(true)
    const said = await Promise.all([model.recognise(utterance(100)), model.recognise(utterance(200))])
    expect(said).toEqual(['I said 100 samples', 'I said 200 samples'])
  })

  test('loads a real model, and gives what that recognises', async () => {
    const directory = await makeFolder()
    await writeTinyModel(directory)
    const lines: string[] = []
    const note = (event: string) => void lines.push(event)
    const model = startSpeechModel({ directory, log: { info: note, error: note } })
    cleanUps.push(() => model.close())
    await model.firstStart
    expect(lines).toEqual(['speech-model-ready'])
    expect(await model.recognise(new Int16Array(32_000).map(() => Math.random() * 2_000))).toBe(ALWAYS_HEARD)
  })

  test('is started again when it dies; what it was asked is not understood', async () => {
    const { model, lines, logged } = await start(SCRIPTED)
    expect(await model.recognise(utterance(9, DEADLY_SAMPLE))).toBeNull()
    await logged('speech-model-ended')
    lines.splice(0)
    await logged('speech-model-ready')
    expect(await model.recognise(utterance(100))).toBe('I said 100 samples')
  })

  test('is given up when it dies again and again, as of bytes that are no model, and the log names the folder', async () => {
    const { model, lines, logged, directory } = await start()
    expect(model.isReady).toBe(false)
    await logged('speech-model-given-up')
    expect(lines.map(({ event }) => event)).toEqual([...Array(4).fill('speech-model-ended'), 'speech-model-given-up'])
    expect(lines.at(-1)?.fields).toMatchObject({ directory, crashes: 5 })
    expect(await model.recognise(utterance(100))).toBeNull()
  })
})

describe('a mind with a model', () => {
  const guided = { hear: async () => ({ text: 'a card', by: 'matched' }) } as unknown as PartnerMind
  const mindWith = (recognise: SpeechModel['recognise']) => new RecognisingMind(guided, { recognise })

  test.each([
    ['what the model recognised', 'I had soup', { text: 'I had soup', by: 'recognised' }],
    ['no words where it recognised none', '', { text: '', by: 'recognised' }],
    ['the cards while the model is away', null, { text: 'a card', by: 'matched' }],
  ])('hears %s', async (_what, recognised, heard) => {
    expect(await mindWith(async () => recognised).hear(new Int16Array(10))).toEqual(heard)
  })
})

describe('a partner with a model', () => {
  test('says so, takes any words for an answer, and marks them as recognised', async () => {
    const folder = await makeFolder()
    await writeTinyModel(folder)
    const speaker = openSpeaker()
    cleanUps.push(() => speaker.close())
    const partner = await startPartnerProcess({ PARLEY_SPEECH_MODEL_DIR: folder })
    cleanUps.push(() => partner.stop())
    expect(await (await partner.request('/health')).json()).toMatchObject({ tier: 2 })
    const peer = await callPartner(partner.baseUrl, await partner.mint('topic=a1-introductions; level=A1; pause=700'))
    expect((await peer.waitFor('session.created')).session).toMatchObject({ parley: { tier: 2 } })
    peer.send({ type: 'response.create' })
    const opening = await peer.turn()
    await peer.waitFor('output_audio_buffer.stopped', 0, ({ response_id: id }) => id === opening.responseId)
    await peer.speak(await speaker.say('Purple submarines cannot whistle on Thursdays.'))
    const heard = await peer.waitFor('conversation.item.input_audio_transcription.completed', opening.endIndex)
    expect(heard).toMatchObject({ transcript: ALWAYS_HEARD, parley: { source: 'recognised' } })
    const answer = await peer.turn(opening.endIndex)
    expect(answer.said).not.toMatch(/catch that|understand/)
    expect(answer.said).not.toContain('How are you today?')
    await peer.hangUp()
  })
})

test('a partner whose model is broken says so in its log, and guides its learners by cards', async () => {
  const folder = await makeFolder({ files: { model: describeFile('gone.onnx'), tokens: describeFile('tokens.txt') } })
  const partner = await startPartnerProcess({ PARLEY_SPEECH_MODEL_DIR: folder })
  cleanUps.push(() => partner.stop())
  expect(partner.stderr.join('\n')).toContain(`${join(folder, 'gone.onnx')} is missing`)
  expect(await (await partner.request('/health')).json()).toMatchObject({ tier: 3 })
  const peer = await callPartner(partner.baseUrl, await partner.mint('topic=a1-introductions; level=A1'))
  expect((await peer.waitFor('session.created')).session).toMatchObject({ parley: { tier: 3 } })
  await peer.hangUp()
})
