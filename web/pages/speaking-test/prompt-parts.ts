/** A task's prompt as blocks: what stands behind bullets is a list. */

export type PromptBlock = { kind: 'text'; text: string } | { kind: 'list'; items: string[] }

const bullet = /^\s*[•*-]\s+/u

export function toPromptBlocks(prompt: string): PromptBlock[] {
  const blocks: PromptBlock[] = []
  for (const line of prompt.split('\n')) {
    if (line.trim() === '') continue
    const last = blocks.at(-1)
    if (!bullet.test(line)) blocks.push({ kind: 'text', text: line.trim() })
    else if (last?.kind === 'list') last.items.push(line.replace(bullet, '').trim())
    else blocks.push({ kind: 'list', items: [line.replace(bullet, '').trim()] })
  }
  return blocks
}
