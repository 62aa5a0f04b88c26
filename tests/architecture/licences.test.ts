/** What is shipped may be shipped: each package's licence is one of those below, and docs/licences.md names each. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './source-files.ts'

/** Licences that ask for no more than to be named or, file by file, to stay open; none that reaches over to Parley's own code. */
const accepted = new Set([
  '(MIT AND BSD-3-Clause)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  // Flite's voice, which asks to be named in advertising that speaks of it.
  'BSD-4-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
])

interface Locked {
  version: string
  license?: string
  dev?: boolean
}

const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}
const shipped = Object.entries(packages)
  .filter(([place, { dev }]) => place !== '' && !dev)
  .map(([place, { version, license = 'unknown' }]) => ({
    name: place.split('node_modules/').at(-1) ?? '',
    version,
    license,
  }))
const printed = readFileSync(path.join(root, 'docs/licences.md'), 'utf8')

describe('what is shipped', () => {
  it('is under a licence that lets it', () => {
    expect(shipped.length).toBeGreaterThan(100)
    expect(shipped.filter(({ license }) => !accepted.has(license))).toEqual([])
  })

  it('holds nothing of the GPL family', () => {
    expect(shipped.filter(({ license }) => /GPL|SSPL|BUSL/i.test(license))).toEqual([])
  })

  it('is named in docs/licences.md, and nothing else is', () => {
    const lines = shipped.map(({ name, version }) => `- ${name} ${version}`)
    expect(
      printed
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .toSorted(),
    ).toEqual([...new Set(lines)].toSorted())
  })
})
