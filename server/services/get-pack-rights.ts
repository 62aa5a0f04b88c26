import type { Viewer } from '../auth/viewer.ts'
import { type OwnedPack, refuseActivation, refuseArchiving } from '../domain/content-pack-access.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What the viewer could do with a pack right now, for pages that offer it; each mutation decides anew. */
export async function getPackRights(
  { packRules, entitlements }: Pick<ServiceDeps, 'packRules' | 'entitlements'>,
  viewer: Viewer,
  pack: OwnedPack,
): Promise<{ canActivate: boolean; canArchive: boolean }> {
  const user = { ...viewer, entitlement: await entitlements.find(viewer.id) }
  return {
    canActivate: pack.status !== 'ACTIVE' && refuseActivation(user, pack, packRules) === null,
    canArchive: pack.status === 'DRAFT' && refuseArchiving(user, pack) === null,
  }
}
