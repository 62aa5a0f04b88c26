// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { TranscriptList } from '../../../web/components/TranscriptList.tsx'
import { line } from '../support/review-session.ts'

/** Ten lines of 100 px in a window of 768, as far down the page as it is scrolled. */
let scrolledTo = 0
const scrolled = vi.fn((options: { top: number; behavior: string }) => void (scrolledTo += options.top))
const lines = Array.from({ length: 10 }, (_, index) => line(index + 1))

beforeEach(() => {
  scrolledTo = 0
  scrolled.mockClear()
  vi.stubGlobal('scrollBy', scrolled)
  vi.stubGlobal('innerHeight', 768)
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function measure(this: HTMLElement) {
    const index = [...(this.parentElement?.children ?? [])].indexOf(this)
    const isLine = this.classList.contains('line')
    return new DOMRect(0, (isLine ? index * 100 : 0) - scrolledTo, 300, isLine ? 100 : 1_000)
  })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const list = (number: number, jump: unknown = null) => (
  <TranscriptList segments={lines} currentItemId={`item-${number}`} jump={jump} onPlay={() => undefined} />
)
const back = (): HTMLElement | null => screen.queryByRole('button', { name: 'Back to the line that plays' })

it('brings the line that is heard into sight, and does not move while it is there', () => {
  const { rerender } = render(list(2))
  rerender(list(3))
  expect(scrolled).not.toHaveBeenCalled()
  rerender(list(9))
  expect(scrolled).toHaveBeenCalledTimes(1)
  expect(scrolledTo).toBeGreaterThan(300)
})

it('leaves whoever scrolls alone, and offers the way back', () => {
  const { rerender } = render(list(2))
  fireEvent.wheel(document.body)
  rerender(list(9))
  expect(scrolled).not.toHaveBeenCalled()
  fireEvent.click(back() as HTMLElement)
  expect(scrolled).toHaveBeenCalledTimes(1)
  expect(back()).toBeNull()
  rerender(list(1))
  expect(scrolled).toHaveBeenCalledTimes(2)
})

it('goes on by itself once the line comes by again', () => {
  const { rerender } = render(list(2))
  fireEvent.wheel(document.body)
  rerender(list(3))
  rerender(list(9))
  expect(scrolled).toHaveBeenCalledTimes(1)
})

it('moves nothing while the transcript itself is out of sight, unless it was asked for', () => {
  scrolledTo = 5_000
  const { rerender } = render(list(2))
  rerender(list(9))
  expect(scrolled).not.toHaveBeenCalled()
  rerender(list(9, {}))
  expect(scrolled).toHaveBeenCalledTimes(1)
})

it.each([
  [true, 'auto'],
  [false, 'smooth'],
])('moves at once where motion is unwelcome: %s', (matches, behavior) => {
  vi.stubGlobal('matchMedia', () => ({ matches }))
  render(list(9))
  expect(scrolled.mock.calls[0]?.[0].behavior).toBe(behavior)
})
