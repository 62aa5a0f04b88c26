import { it } from 'vitest'
import { throwDocuments } from './throw-documents.ts'

it('500 documents at random are each answered or refused, and the server goes on', () => throwDocuments(500))
