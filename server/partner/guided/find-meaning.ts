/** Looks a word up that a learner asks for. Pure. */
import { toWords } from '../recognition/grammar.ts'
import { holdsPhrase } from '../topic/word-forms.ts'
import type { Topic } from '../topic.ts'

/** In a glossary of topics, in any of its forms, with or without its article; null where nothing explains it. */
export function findMeaning(word: string, glossary: Topic['glossary']): string | null {
  const asked = toWords(word).filter((part) => !/^(?:an?|the|to)$/u.test(part))
  const entry = glossary.find((one) => {
    const known = toWords(one.word)
    return known.length === asked.length && holdsPhrase(asked, known)
  })
  return entry?.meaning ?? null
}
