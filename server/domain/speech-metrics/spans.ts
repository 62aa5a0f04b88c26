/** Stretches of time, in ms from the start of the session. */
export interface Span {
  startMs: number
  endMs: number
}

export function lengthOf({ startMs, endMs }: Span): number {
  return Math.max(0, endMs - startMs)
}

export function totalLength(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + lengthOf(span), 0)
}

export function intersect(a: Span, b: Span): Span {
  return { startMs: Math.max(a.startMs, b.startMs), endMs: Math.min(a.endMs, b.endMs) }
}

/** What lies between spans that are in order of time, where it lasts at least so long. */
export function listGaps(spans: readonly Span[], leastMs: number): Span[] {
  const gaps: Span[] = []
  let endMs = spans[0]?.endMs ?? 0
  for (const span of spans.slice(1)) {
    if (span.startMs - endMs >= leastMs) gaps.push({ startMs: endMs, endMs: span.startMs })
    endMs = Math.max(endMs, span.endMs)
  }
  return gaps
}
