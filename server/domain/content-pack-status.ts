/** Where a content pack stands. Document 004. */

/** DRAFT: uploaded, never in use. ACTIVE: its questions are drilled; one at a time. ARCHIVED: no longer. */
export const contentPackStatuses = ['DRAFT', 'ACTIVE', 'ARCHIVED'] as const
export type ContentPackStatus = (typeof contentPackStatuses)[number]
