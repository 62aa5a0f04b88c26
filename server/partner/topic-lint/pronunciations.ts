/** The words that the recogniser can hear, and their sounds. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toWords } from '../recognition/grammar.ts'

const dictionary = new Map(
  readFileSync(join(dirname(fileURLToPath(import.meta.resolve('soundswallower'))), 'model/en-us/dict.txt'), 'utf8')
    .split('\n')
    .map((entry): [string, string] => {
      const end = entry.indexOf(' ')
      return [entry.slice(0, end), entry.slice(end + 1)]
    }),
)

/** The words of a text that the recogniser does not know. */
export function listUnknownWords(text: string): string[] {
  return toWords(text).filter((word) => !dictionary.has(word))
}

/** The sounds of a text in one line; unknown words stay letters. */
export function toSounds(text: string): string {
  return toWords(text)
    .map((word) => dictionary.get(word) ?? word)
    .join(' ')
}
