import type { ServiceDeps } from './service-deps.ts'

/** Whether the answers of speaking tests are written down here: by the voice service, or by a speech model of this installation. */
export async function canTranscribe(deps: Pick<ServiceDeps, 'transcriber'>): Promise<boolean> {
  return deps.transcriber.isAvailable()
}
