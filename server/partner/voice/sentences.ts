/** Cuts what is to be said into sentences, so that the first is heard while the next is still being made. Pure. */

export function toSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?…]["”’']?)\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

/** Plain letters for a voice that knows ASCII only: typographic marks and accents are folded. */
export function toSpeakable(text: string): string {
  return text
    .replaceAll(/[’‘]/gu, "'")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll(/[–—…]/gu, ', ')
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/gu, '')
    .trim()
}
