import type { Remuxed } from './remux.ts'

/** `remux`, whose library is loaded when there is something to put together. */
export async function remuxWhenNeeded(slices: readonly ArrayBuffer[], mimeType: string): Promise<Remuxed> {
  const { remux } = await import('./remux.ts')
  return remux(slices, mimeType)
}
