import { type RefObject } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

export interface Following {
  /** The line goes on out of sight, since the learner has scrolled away from it. */
  isLost: boolean
  /** Back to the line, and on with it. */
  resume: () => void
}

const scrollKeys = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown'])
const marginPx = 48

/**
 * Keeps the line that is heard in sight, in the list's own scrolling area or the page's. Whoever scrolls is left alone: until
 * the line comes by again, or `resume`. Nothing moves either while the list itself is out of sight. `jump` moves there in any
 * case whenever it changes.
 */
export function useFollow(list: RefObject<HTMLElement | null>, itemId: string | null, jump: unknown): Following {
  const isAway = useRef(false)
  const [isLost, setIsLost] = useState(false)
  const go = useCallback((): void => {
    isAway.current = false
    setIsLost(false)
    const line = findLine(list.current)
    if (line && !isInView(line)) scrollTo(line)
  }, [list])

  useEffect(() => {
    const line = findLine(list.current)
    if (!line) return setIsLost(false)
    if (isInView(line)) {
      isAway.current = false
      setIsLost(false)
    } else if (isAway.current) setIsLost(true)
    else if (list.current && isPartlyInView(list.current)) scrollTo(line)
  }, [itemId, list])

  useEffect(() => {
    if (jump !== null) go()
  }, [jump, go])

  useEffect(() => {
    const leave = (): void => void (isAway.current = true)
    const leaveByKey = (event: KeyboardEvent): void => {
      const isOnSlider = event.target instanceof HTMLInputElement
      if (scrollKeys.has(event.key) && !isOnSlider) leave()
    }
    // A press beside the content is one on the bar that scrolls it.
    const leaveByBar = (event: PointerEvent): void => {
      if (event.target === document.documentElement) leave()
    }
    const options = { passive: true }
    addEventListener('wheel', leave, options)
    addEventListener('touchmove', leave, options)
    addEventListener('keydown', leaveByKey)
    addEventListener('pointerdown', leaveByBar)
    return () => {
      removeEventListener('wheel', leave)
      removeEventListener('touchmove', leave)
      removeEventListener('keydown', leaveByKey)
      removeEventListener('pointerdown', leaveByBar)
    }
  }, [])
  return { isLost, resume: go }
}

function findLine(list: HTMLElement | null): HTMLElement | null {
  return list?.querySelector<HTMLElement>('[data-current="true"]') ?? null
}

/** The area that scrolls inside the page, where there is one. */
function findPanel(element: HTMLElement): HTMLElement | null {
  for (let each = element.parentElement; each; each = each.parentElement)
    if (/auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight) return each
  return null
}

/** From where to where a line can be seen, in pixels of the window. What sticks to the top covers its `scroll-margin-top`. */
function findBounds(line: HTMLElement): { top: number; bottom: number } {
  const panel = findPanel(line)?.getBoundingClientRect()
  const covered = Number.parseFloat(getComputedStyle(line).scrollMarginTop) || 0
  return {
    top: Math.max((panel?.top ?? 0) + covered, 0),
    bottom: Math.min(panel?.bottom ?? Infinity, innerHeight - marginPx),
  }
}

function isInView(line: HTMLElement): boolean {
  const { top, bottom } = line.getBoundingClientRect()
  const bounds = findBounds(line)
  return top >= bounds.top - 1 && bottom <= bounds.bottom + 1
}

function isPartlyInView(list: HTMLElement): boolean {
  const { top, bottom } = (findPanel(list) ?? list).getBoundingClientRect()
  return top < innerHeight - 2 * marginPx && bottom > 2 * marginPx
}

/** To the upper third of what can be seen. */
function scrollTo(line: HTMLElement): void {
  const { top, bottom } = findBounds(line)
  const by = line.getBoundingClientRect().top - (top + (bottom - top) / 4)
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  ;(findPanel(line) ?? window).scrollBy({ top: by, behavior: isCalm ? 'auto' : 'smooth' })
}
