import { useEffect, useRef } from 'preact/hooks'

/** Keeps an element's height, in pixels, in a variable of the page's style: what sticks below it needs to know. */
export function useHeightVariable<E extends HTMLElement>(name: `--${string}`) {
  const element = useRef<E>(null)
  useEffect(() => {
    const { current } = element
    if (!current || typeof ResizeObserver === 'undefined') return
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => style.setProperty(name, `${Math.round(current.offsetHeight)}px`))
    observer.observe(current)
    return () => {
      observer.disconnect()
      style.removeProperty(name)
    }
  }, [name])
  return element
}
