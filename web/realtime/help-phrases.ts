/** What a learner says when the talk is too fast or too hard. The built-in partner knows these sentences, and a model understands them. */

export const helpPhrases = {
  repeat: 'Can you say that again, please?',
  slower: 'Slower, please.',
  notUnderstood: "I don't understand.",
} as const

export function askForMeaning(word: string): string {
  return `What does "${word}" mean?`
}

/** The words of a line that one may ask about, in their order, each once. Words of one or two letters explain nothing. */
export function toAskableWords(line: string): string[] {
  const words = [...line.matchAll(/\p{L}[\p{L}'’-]{2,}/gu)].map(({ 0: word, index }) =>
    beginsSentence(line, index) ? word.toLowerCase() : word,
  )
  return words.filter((word, index) => words.findIndex((other) => isSame(other, word)) === index)
}

/** There a capital belongs to the sentence, elsewhere to the word. */
function beginsSentence(line: string, index: number): boolean {
  return /(^|[.!?…]["'”’]?)\s*["'“‘]?$/.test(line.slice(0, index))
}

function isSame(word: string, other: string): boolean {
  return word.toLowerCase() === other.toLowerCase()
}
