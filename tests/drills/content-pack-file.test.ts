/** What the file of a content pack may hold: the rules of document 004 and ours, as far as a file alone can keep or break them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { parseContentPack } from '../../server/domain/parse-content-pack.ts'
import { makePack, type SamplePack } from '../support/sample-pack.ts'
import { malformedPacks, spoiled, toLines } from './malformed-packs.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'parley-packs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function faultsOf(json: string): string[] {
  const parsed = parseContentPack(json)
  return parsed.isGood ? [] : toLines(parsed.faults)
}

/** All that is optional, filled in. */
function makeFullPack(): SamplePack {
  const pack = makePack({ $schema: 'x', schema_version: '1.0.0', name: 'full', description: 'Of everything.' })
  Object.assign(pack.metadata, {
    language: 'en',
    category_guides: {
      Ethics: { description: 'Weighs.', signals: ['rule*', "i'd rather"], practice_rule: 'Name a rule.' },
    },
  })
  Object.assign(pack.questions[0], { criteria_signals: [['because', 'reason*', 'depend* on me'], []] })
  return pack
}

describe('a file', () => {
  it('in exactly the shape of document 004 has no fault, and takes its name and description from its metadata', () => {
    const pack = makePack()
    expect(parseContentPack(JSON.stringify(pack))).toMatchObject({
      isGood: true,
      content: {
        name: pack.metadata.title,
        description: pack.metadata.description,
        schemaVersion: '1.0.0',
        guides: { Ethics: { description: null, signals: [], practiceRule: null } },
        questions: [{ key: 'why-here', criteriaSignals: null }, {}],
      },
    })
  })

  it('with all that is optional has no fault, and nothing of it is lost', () => {
    const pack = makeFullPack()
    const parsed = parseContentPack(JSON.stringify(pack))
    expect(parsed).toMatchObject({
      isGood: true,
      file: pack,
      content: {
        name: 'full',
        title: pack.metadata.title,
        guides: { Ethics: { description: 'Weighs.', signals: ['rule*', "i'd rather"], practiceRule: 'Name a rule.' } },
        questions: [{ criteriaSignals: [['because', 'reason*', 'depend* on me'], []] }, {}],
      },
    })
  })

  it.each([
    ['with a byte order mark', (json: string) => `\uFEFF${json}`],
    ['of exactly 1 MiB', (json: string) => json.padEnd(1024 * 1024)],
  ])('%s has no fault', (_what, change) => {
    expect(faultsOf(change(JSON.stringify(makePack())))).toEqual([])
  })

  it('counts bytes, not characters', () => {
    const pack = makePack({ description: '' })
    const rest = 1024 * 1024 - JSON.stringify(pack).length
    const json = JSON.stringify({ ...pack, description: 'ü'.repeat(Math.ceil((rest + 1) / 2)) })
    expect(json.length).toBeLessThan(1024 * 1024)
    expect(faultsOf(json)).toEqual([expect.stringMatching(/^: A pack has at most 1048576 bytes/)])
  })

  it.each(['0.0.0', '10.20.30', '1.0.0-rc.1', '1.0.0+build.5', '1.0.0-x-y.0a'])('may have version %s', (version) => {
    expect(faultsOf(JSON.stringify(makePack({ version })))).toEqual([])
  })

  it.each(['1', '1.0', 'v1.0.0', '1.0.0-', '1.0.0-01', '1.0.0 ', '-1.0.0', ''])(
    'may not have version %j',
    (version) => {
      expect(faultsOf(JSON.stringify(makePack({ version })))).toContain(
        'version: This must be a semantic version, such as 1.2.0.',
      )
    },
  )

  it('may call a category like a member of every object', () => {
    const pack = makePack()
    pack.metadata.categories = ['constructor', 'toString', '__proto__', 'valueOf', 'e', 'f', 'g']
    for (const question of pack.questions) question.category = 'constructor'
    const parsed = parseContentPack(JSON.stringify(pack))
    expect(parsed.isGood && Object.keys(parsed.content.guides)).toEqual(pack.metadata.categories)
    expect(parsed.isGood && parsed.content.guides['constructor']).toEqual({
      description: null,
      signals: [],
      practiceRule: null,
    })
  })

  it('of rubbish is not answered with all of its hundred thousand faults', () => {
    const guides = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, 0]))
    const pack = makePack()
    pack.metadata.category_guides = guides
    const faults = faultsOf(JSON.stringify(pack))
    expect([faults.length, faults[0]]).toEqual([501, ': These are 500 faults of 100000.'])
  })
})

describe.each(malformedPacks.map((pack) => ({ ...pack, pack })))('$what', ({ pack, faults }) => {
  it('is told with all its faults', () => {
    expect(faultsOf(spoiled(pack, makePack()))).toEqual(faults)
  })
})

describe('the published JSON Schema', () => {
  const judge = new Ajv({ allErrors: true }).compile(
    JSON.parse(readFileSync('schema/content-pack.schema.json', 'utf8')),
  )
  /** What a JSON Schema has no words for. */
  const beyondSchema = [
    'twice, in other letters',
    'of no category',
    'with one id',
    'one criterion of two',
    'no database keeps',
  ]

  it.each(malformedPacks.filter(({ spoil }) => typeof spoil(makePack()) !== 'string'))(
    'refuses $what, unless that takes more than a schema',
    (pack) => {
      const isBeyond = beyondSchema.some((words) => pack.what.includes(words))
      expect(judge(JSON.parse(spoiled(pack, makePack())))).toBe(isBeyond)
    },
  )

  it.each([makePack(), makeFullPack()])('takes a good pack', (pack) => {
    expect([judge(pack), judge.errors]).toEqual([true, null])
  })
})

describe('npm run pack:lint', () => {
  const lint = (...files: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['server/pack-lint.ts', ...files], {
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }
  const write = (name: string, content: string): string => {
    const file = path.join(folder, name)
    writeFileSync(file, content)
    return file
  }

  it('finds the packs that come with an installation good', () => {
    const shipped = readdirSync('db/seed/content-packs').map((name) => `db/seed/content-packs/${name}`)
    expect(lint(...shipped)).toEqual({
      status: 0,
      stdout: shipped.map((file) => `${file}: good\n`).join(''),
      stderr: '',
    })
  })

  it('prints every fault of every file with its place, and fails', () => {
    const good = write('good.json', JSON.stringify(makePack()))
    const bad = write('bad.json', JSON.stringify(makePack({ version: '1', extra: 1 })))
    const away = path.join(folder, 'away.json')
    expect(lint(bad, good, away)).toEqual({
      status: 1,
      stdout: `${good}: good\n`,
      stderr: [
        `${bad}: extra: There is no such field in a content pack.`,
        `${bad}: version: This must be a semantic version, such as 1.2.0.`,
        `${away}: ENOENT: no such file or directory, open '${away}'`,
        '',
      ].join('\n'),
    })
  })

  it('asks for a file where none is named', () => {
    expect(lint()).toMatchObject({ status: 1, stderr: expect.stringContaining('Name the content packs to check') })
  })
})
