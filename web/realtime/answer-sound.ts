/** An answer that this browser still holds, as a file to listen to. */
import type { Outbox } from './outbox.ts'
import type { Remuxed } from './remux.ts'

/** Null where there is no sound. A recording that cannot be remuxed is given as it was recorded. */
export async function readAnswerSound(
  outbox: Pick<Outbox, 'listParts' | 'listSlices'>,
  { sessionId, part }: { sessionId: string; part: number },
  remux: (slices: readonly ArrayBuffer[], mimeType: string) => Promise<Remuxed>,
): Promise<Blob | null> {
  const kept = (await outbox.listParts(sessionId)).find((each) => each.part === part)
  const slices = kept ? await outbox.listSlices(sessionId, part) : []
  if (!kept || slices.length === 0) return null
  const whole = await remux(slices, kept.mimeType).catch(() => null)
  return whole ? new Blob([whole.bytes], { type: whole.mimeType }) : new Blob([...slices], { type: kept.mimeType })
}
