import type { Row } from './figures.ts'
export async function measureFirstAudio(): Promise<Row[]> {
  return []
}
