/** Where in a line its fillers stand: found by the same rule that counts them. */
import { findFillers } from '../../server/domain/speech-metrics/fillers.ts'
import { listWords } from '../../server/domain/speech-metrics/words.ts'

export interface TextPiece {
  text: string
  isFiller: boolean
}

/** The whole text in pieces, in order. A text whose words cannot be found again letter by letter is one piece. */
export function markFillers(text: string): TextPiece[] {
  const words = listWords([text])
  const { filled, lexical } = findFillers(words)
  const plain = text
    .toLowerCase()
    .replaceAll(/[’ʼ`]/gu, "'")
    .replaceAll(/\[[^[\]]*\]/gu, (note) => ' '.repeat(note.length))
  const unmarked = [{ text, isFiller: false }]
  if (filled.size + lexical.size === 0 || plain.length !== text.length) return unmarked
  const pieces: TextPiece[] = []
  let end = 0
  let done = 0
  for (const [index, word] of words.entries()) {
    const start = plain.indexOf(word.text, end)
    if (start === -1) return unmarked
    end = start + word.text.length
    if (!filled.has(index) && !lexical.has(index)) continue
    pieces.push({ text: text.slice(done, start), isFiller: false }, { text: text.slice(start, end), isFiller: true })
    done = end
  }
  return [...pieces, { text: text.slice(done), isFiller: false }].filter((piece) => piece.text !== '')
}
