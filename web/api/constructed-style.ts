/**
 * Takes the place of the package react-style-singleton, with which the dialogs of GraphiQL keep the page behind them from
 * scrolling: it writes a style element, which the content security policy refuses. A constructed style sheet is none.
 */
import { useEffect } from 'preact/hooks'

/** A component that applies its styles for as long as one of it is on the page. */
export function styleSingleton() {
  let shown = 0
  const sheet = new CSSStyleSheet()
  return function Sheet({ styles }: { styles: string }) {
    useEffect(() => {
      shown += 1
      sheet.replaceSync(styles)
      if (shown === 1) document.adoptedStyleSheets.push(sheet)
      return () => {
        shown -= 1
        if (shown === 0) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
      }
    }, [styles])
    return null
  }
}
