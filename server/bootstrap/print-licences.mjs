/** Writes docs/licences.md: every package that an installation runs, with its licence, as the lock file has them. */
import { readFileSync, writeFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const byLicence = new Map()
for (const [place, { version, license, dev }] of Object.entries(packages)) {
  // The root is Parley itself; what only development needs is not shipped.
  if (place === '' || dev) continue
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const licence = license ?? 'unknown'
  byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`${name} ${version}`))
}

const sections = [...byLicence]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([licence, names]) =>
      `## ${licence}\n\n${[...names]
        .sort()
        .map((name) => `- ${name}`)
        .join('\n')}\n`,
  )
const head = `# Licences of what is shipped

Parley itself is under the [MIT licence](../LICENSE). These packages are installed with it, those of other systems than yours included.
Their licences are in their folders in \`node_modules\`. Printed by \`npm run gen\`; a test looks that none asks for more than to be named
or, file by file, to stay open.
`
writeFileSync('docs/licences.md', [head, ...sections].join('\n'))
