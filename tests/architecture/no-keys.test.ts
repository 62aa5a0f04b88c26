/**
 * No key is written into what ships: the sources, the documents, and the files that the build makes of them, maps included.
 * The pages are there whenever all tests are run: `npm test` builds them first.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyPatterns, listKeyKinds } from '../support/key-patterns.ts'

const shipped = [
  'server',
  'schema',
  'db',
  'web',
  'client',
  'docs',
  'README.md',
  'package.json',
  'package-lock.json',
  'dist/web',
  'dist/client',
]

function listFiles(place: string): string[] {
  if (!existsSync(place)) return []
  if (path.extname(place) !== '' && !place.includes('/')) return [place]
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

it.each(shipped)('%s holds no key', (place) => {
  const found = listFiles(place).flatMap((file) =>
    listKeyKinds(readFileSync(file, 'latin1')).map((kind) => `${file}: ${kind}`),
  )
  expect(found).toEqual([])
})

it('nobody gets the sources of the pages as maps', () => {
  expect(listFiles('dist/web').filter((file) => file.endsWith('.map'))).toEqual([])
})

describe('a pattern finds', () => {
  const samples: Record<keyof typeof keyPatterns, string> = {
    'a key of the voice service': `sk-proj-${'a1'.repeat(20)}`,
    'a client secret': `ek_${'a1'.repeat(12)}`,
    'an access token': `parley_${'a-_1'.repeat(10)}abc`,
    'a bearer': `Bearer ${'a1'.repeat(12)}`,
    'a key of the payment service': `sk_live_${'a1'.repeat(12)}`,
    'a key of the object store': `AKIA${'A1'.repeat(8)}`,
    'a private key': '-----BEGIN RSA PRIVATE KEY-----',
    'the signature of an address': `/blobs/x?signature=${'a1'.repeat(20)}`,
  }
  it.each(Object.keys(keyPatterns))('%s', (kind) => {
    expect(listKeyKinds(`before ${samples[kind]} after`)).toContain(kind)
  })
})
