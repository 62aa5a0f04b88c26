import { useEffect } from 'preact/hooks'

/**
 * Has the browser ask before the page is closed or loaded again, as long as that would lose something. With a question, links
 * within the app ask it too.
 */
export function useLeaveWarning(wouldLose: boolean, question: string | null = null): void {
  useEffect(() => {
    if (!wouldLose) return
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault()
    // Before the router, which listens further out.
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!link || link.getAttribute('href')?.startsWith('#') || link.getAttribute('target') === '_blank') return
      if (question === null || window.confirm(question)) return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener('beforeunload', onUnload)
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [wouldLose, question])
}
