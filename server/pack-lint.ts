/** `npm run pack:lint FILE...`: prints every fault of the content packs named, and exits with 1 when there is one. */
import { readFileSync } from 'node:fs'
import { parseContentPack } from './domain/parse-content-pack.ts'

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('Name the content packs to check: npm run pack:lint -- db/seed/content-packs/*.json')
  process.exitCode = 1
}
for (const file of files) {
  const faults = lintFile(file)
  for (const fault of faults) console.error(`${file}: ${fault}`)
  if (faults.length > 0) process.exitCode = 1
  else console.log(`${file}: good`)
}

function lintFile(file: string): string[] {
  try {
    const parsed = parseContentPack(readFileSync(file, 'utf8'))
    return parsed.isGood
      ? []
      : parsed.faults.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
