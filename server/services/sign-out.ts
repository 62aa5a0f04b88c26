import type { Viewer } from '../auth/viewer.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Ends the browser's sign-in; streams that it opened end too, on every node. Gives the Set-Cookie value that clears it. */
export async function signOut(
  deps: Pick<ServiceDeps, 'signIns' | 'bus'>,
  viewer: Viewer | null,
  cookieHeader: string | undefined,
): Promise<string> {
  const setCookie = await deps.signIns.end(cookieHeader)
  if (viewer) deps.bus.ring({ topic: 'access', key: viewer.id })
  return setCookie
}
