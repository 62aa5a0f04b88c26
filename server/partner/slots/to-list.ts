/** A list written as one text, its values parted by commas: fifteen lines where an array of strings would take a hundred. */
export function toList(text: string): readonly string[] {
  return text.split(',').map((value) => value.trim().replaceAll(/\s+/gu, ' '))
}
