/** What is told before a pack changes its state. */
import type { PackPartsFragment } from '../../gql/documents.ts'

type Named = Pick<PackPartsFragment, 'title' | 'version'>

const rest = 'Answers that were given before keep their questions and their scores.'

/** Says what is replaced, and by what. */
export function toActivationWords(pack: Named, active: Named | null): string {
  if (active === null) return `${nameOf(pack)} becomes the pack that everyone here drills.`
  return `${nameOf(pack)} replaces ${nameOf(active)} for everyone here; ${nameOf(active)} is archived. ${rest}`
}

export function toArchivingWords(pack: Named): string {
  return `${nameOf(pack)} is put away. It is kept, and can be activated later.`
}

function nameOf({ title, version }: Named): string {
  return `“${title}” ${version}`
}
