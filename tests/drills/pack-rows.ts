/** Rows of content packs put into a test's database from outside, past every service. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'

export interface Row {
  [column: string]: unknown
}

/** A draft, of a name that no other pack has. */
export function packRow(uploadedBy: string | null, over: Row = {}): Row {
  const categories = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  return {
    id: randomUUID(),
    version: '1.0.0',
    name: randomUUID(),
    content: JSON.stringify({ metadata: { categories } }),
    uploaded_by: uploadedBy,
    file_size: 100,
    checksum: 'a'.repeat(64),
    created_at: new Date(),
    updated_at: new Date(),
    ...over,
  }
}

/** In the second place of its pack. */
export function questionRow(packId: string, over: Row = {}): Row {
  return {
    id: randomUUID(),
    pack_id: packId,
    key: randomUUID(),
    position: 2,
    category: 'a',
    prompt: 'Why?',
    expected_duration_seconds: 60,
    evaluation_criteria: '["Says why"]',
    ...over,
  }
}

/** Gives the row's id. */
export async function insert(client: pg.Client, table: string, row: Row): Promise<string> {
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`)
  await client.query(`insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`, Object.values(row))
  return String(row['id'])
}

/** A pack with one question and one line in the log. */
export async function storePack(client: pg.Client, by: string, status: string, wasActive: boolean): Promise<string> {
  const id = await insert(client, 'content_packs', packRow(by, { status, activated_at: wasActive ? new Date() : null }))
  await insert(client, 'questions', questionRow(id, { position: 1 }))
  await insert(client, 'content_pack_events', eventRow(id, by))
  return id
}

export function eventRow(packId: string, userId: string | null): Row {
  return { id: randomUUID(), pack_id: packId, user_id: userId, type: 'UPLOADED', at: new Date() }
}
