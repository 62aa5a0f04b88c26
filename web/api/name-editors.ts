/**
 * Names the editors, which come one after the other, for those who hear the page: CodeMirror's text area has no label of its own.
 * Gives what ends it.
 */
export function nameEditors(container: HTMLElement): () => void {
  const nameAll = (): void => {
    for (const area of container.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
      area.setAttribute('aria-label', area.closest('[aria-label]')?.getAttribute('aria-label') ?? 'Editor')
    }
  }
  const observer = new MutationObserver(nameAll)
  observer.observe(container, { childList: true, subtree: true })
  nameAll()
  return () => observer.disconnect()
}
