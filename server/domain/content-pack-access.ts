/** Who may see a content pack, and who may do what with it. Pure. */
import type { ContentPackStatus } from './content-pack-status.ts'
import type { Entitlement } from './entitlement.ts'
import { ConflictError, type DomainError, EntitlementError, ForbiddenError } from './errors.ts'
import type { UserId } from './ids.ts'

export interface PackReader {
  id: UserId
  role: 'LEARNER' | 'ADMIN'
}

export interface PackUser extends PackReader {
  entitlement: Entitlement
}

export interface OwnedPack {
  status: ContentPackStatus
  uploadedBy: UserId | null
  activatedAt: Date | null
}

export interface PackRules {
  /** Whoever has PRO may activate packs of their own. */
  canProActivate: boolean
}

/** What is or was active is for everyone; the rest for its uploader and for administrators. */
export function canSeePack(user: PackReader, pack: OwnedPack): boolean {
  return user.role === 'ADMIN' || pack.activatedAt !== null || pack.uploadedBy === user.id
}

/** The file says which words an answer is searched for. */
export function canReadFile(user: PackReader, pack: OwnedPack): boolean {
  return user.role === 'ADMIN' || pack.uploadedBy === user.id
}

/** Null: nothing speaks against it. */
export function refuseUpload(user: PackUser): DomainError | null {
  if (user.role === 'ADMIN' || user.entitlement === 'PRO') return null
  return new EntitlementError('Content packs are brought in by accounts with the PRO plan. Upgrade to go on.', 'PRO')
}

/** Of a pack that the user can see. Null: nothing speaks against it. */
export function refuseActivation(user: PackUser, pack: OwnedPack, rules: PackRules): DomainError | null {
  if (user.role === 'ADMIN') return null
  if (!rules.canProActivate || pack.uploadedBy !== user.id)
    return new ForbiddenError('Only an administrator may activate this pack. Ask one to do it.')
  return refuseManaging(user)
}

/** Of a pack that the user can see. Null: nothing speaks against it. */
export function refuseArchiving(user: PackUser, pack: OwnedPack): DomainError | null {
  if (user.role !== 'ADMIN') {
    if (pack.uploadedBy !== user.id)
      return new ForbiddenError('Only its uploader or an administrator may archive this pack.')
    const refusal = refuseManaging(user)
    if (refusal) return refusal
  }
  if (pack.status !== 'ACTIVE') return null
  return new ConflictError('This pack is in use. Activate another one instead: that archives it.')
}

function refuseManaging({ entitlement }: PackUser): DomainError | null {
  if (entitlement === 'PRO') return null
  return new EntitlementError('Content packs are managed by accounts with the PRO plan. Upgrade to go on.', 'PRO')
}
