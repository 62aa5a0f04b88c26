import { useEffect } from 'preact/hooks'

/** Asks before the page is left by a link, a reload or a closed tab, as long as something would be lost. */
export function useLeaveWarning(isNeeded: boolean, question: string): void {
  useEffect(() => {
    if (!isNeeded) return
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault()
    // Before the router, which listens further out.
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!link || link.getAttribute('href')?.startsWith('#') || link.getAttribute('target') === '_blank') return
      if (window.confirm(question)) return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('beforeunload', onUnload)
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [isNeeded, question])
}
