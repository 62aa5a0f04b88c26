import { it } from 'vitest'
import { throwDocuments } from './throw-documents.ts'

it('10,000 documents at random are each answered or refused, and the server goes on', () => throwDocuments(10_000))
