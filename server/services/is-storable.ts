/** False for text with a null character, which Postgres has no place for. */
export function isStorable(text: string): boolean {
  return !text.includes('\0')
}
