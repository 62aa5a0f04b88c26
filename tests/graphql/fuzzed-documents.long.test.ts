import { it } from 'vitest'
import { throwDocuments } from './throw-documents.ts'

it('10,000 documents at random are each answered or refused, the server goes on, and the memory comes back', () =>
  throwDocuments(10_000, { mostGrowthMebibytes: 20 }))
