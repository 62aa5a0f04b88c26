import type { Tx } from '../client.ts'

/** System only. */
export async function hasStripeEvent(tx: Tx, id: string): Promise<boolean> {
  return (await tx.selectFrom('stripe_events').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

/** False where this event was acted on before. System only. */
export async function insertStripeEvent(tx: Tx, event: { id: string; type: string; now: Date }): Promise<boolean> {
  const result = await tx
    .insertInto('stripe_events')
    .values({ id: event.id, type: event.type, received_at: event.now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Gives how many. System only. */
export async function deleteOldStripeEvents(tx: Tx, receivedBefore: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('stripe_events')
    .where('received_at', '<', receivedBefore)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
