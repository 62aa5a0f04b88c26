/** `node server/partner/topic-lint.ts FILE...`: prints every fault of the topic files named, and exits with 1 when there is one. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { lintTopic } from './topic-lint/lint-topic.ts'

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('Name the topic files to check: npm run topic:lint -- server/partner/topics/*.json')
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
    return lintTopic(basename(file), readFileSync(file, 'utf8'))
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
