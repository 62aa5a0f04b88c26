/**
 * Stands in for the process with the speech model, with the same messages: says how many samples it was given, and dies of
 * an utterance that begins with the sample that it is told to die of.
 */
import { DEADLY_SAMPLE } from './model-folder.ts'
import type { ModelReport, ModelRequest } from '../../server/partner/speech-model/model-messages.ts'

process.on('message', (request: ModelRequest) => {
  if (request.type === 'load') return report({ type: 'ready' })
  if (request.utterance[0] === DEADLY_SAMPLE) process.abort()
  report({ type: 'recognised', id: request.id, text: `I said ${request.utterance.length} samples` })
})
process.on('disconnect', () => process.exit(0))

function report(message: ModelReport) {
  process.send?.(message)
}
