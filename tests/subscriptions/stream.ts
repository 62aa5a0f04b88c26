/** One subscription as a client sees it: all that came, in order, and how it ended. */
import type { Client } from 'graphql-ws'
import { expect } from 'vitest'
import { segmentsDocument } from '../support/subscription-documents.ts'

export interface Stream<T> {
  received: T[]
  /** Resolves at the first moment at which what was received satisfies `condition`; rejects when the stream ends before. */
  until(condition: (received: readonly T[]) => boolean): Promise<void>
  /** Resolves when the server completed it; rejects with its error. */
  completed: Promise<void>
  /** Unsubscribes. */
  stop(): void
}

export function openStream<T>(
  client: Client,
  field: string,
  query: string,
  variables: Record<string, unknown> = {},
): Stream<T> {
  const received: T[] = []
  const waiting = new Set<{
    condition: (received: readonly T[]) => boolean
    resolve: () => void
    reject: (error: unknown) => void
  }>()
  const { promise: completed, resolve, reject } = Promise.withResolvers<void>()
  completed.catch(() => undefined)
  const finish = (error: unknown): void => {
    for (const one of waiting) one.reject(error)
    waiting.clear()
  }
  const fail = (error: unknown): void => {
    reject(error)
    finish(error)
  }
  const stop = client.subscribe<Record<string, T>>(
    { query, variables },
    {
      next(result) {
        if (result.errors) return fail(result.errors)
        const value = result.data?.[field]
        if (value !== undefined) received.push(value)
        for (const one of [...waiting].filter(({ condition }) => condition(received))) {
          waiting.delete(one)
          one.resolve()
        }
      },
      error: fail,
      complete() {
        resolve()
        finish(new Error('the stream is complete'))
      },
    },
  )
  const until: Stream<T>['until'] = async (condition) => {
    if (!condition(received)) await new Promise<void>((resolve, reject) => waiting.add({ condition, resolve, reject }))
  }
  return { received, until, completed, stop }
}

export interface Delta {
  revision: number
  finalized: boolean
  segments: { itemId: string; sequence: number; revision: number; text: string; final: boolean }[]
}

export function openTranscript(client: Client, sessionId: string, afterRevision = 0): Stream<Delta> {
  return openStream<Delta>(client, 'transcriptSegments', segmentsDocument, { sessionId, afterRevision })
}

/** Whether the last delta is at least at this revision. */
export const reached =
  (revision: number) =>
  (deltas: readonly Delta[]): boolean =>
    (deltas.at(-1)?.revision ?? 0) >= revision

/** No gap and no repeat: each delta holds just what its revisions changed, and all of them together end at `revision`. */
export function expectSeamless(deltas: readonly Delta[], range: { from?: number; to: number }): void {
  let last = range.from ?? 0
  for (const delta of deltas) {
    expect(delta.revision).toBeGreaterThan(last)
    const sequences = delta.segments.map((one) => one.sequence)
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
    for (const one of delta.segments) {
      expect(one.revision).toBeGreaterThan(last)
      expect(one.revision).toBeLessThanOrEqual(delta.revision)
    }
    last = delta.revision
  }
  expect(last).toBe(range.to)
}
