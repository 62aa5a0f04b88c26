/** Entry of the process with the speech model. A model that is broken ends it, and nothing else. */
import sherpa from 'sherpa-onnx-node'
import type { ModelReport, ModelRequest } from './model-messages.ts'

const RATE = 16_000
let recogniser: InstanceType<typeof sherpa.OfflineRecognizer> | null = null

process.on('message', (request: ModelRequest) => {
  if (request.type === 'load') return load(request.config)
  try {
    report({ type: 'recognised', id: request.id, text: recognise(request.utterance) })
  } catch (error) {
    report({ type: 'failed', id: request.id, reason: error instanceof Error ? error.message : 'unknown' })
  }
})
process.on('disconnect', () => process.exit(0))
// The partner ends this process once its calls are over: a signal to the whole group must not be quicker.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

function load(modelConfig: Record<string, unknown>) {
  recogniser = new sherpa.OfflineRecognizer({ featConfig: { sampleRate: RATE, featureDim: 80 }, modelConfig })
  // The first utterance would otherwise pay for what is made on first use.
  recognise(new Int16Array(RATE))
  report({ type: 'ready' })
}

function recognise(utterance: Int16Array): string {
  if (!recogniser) throw new Error('The model is not loaded')
  const stream = recogniser.createStream()
  stream.acceptWaveform({ sampleRate: RATE, samples: Float32Array.from(utterance, (sample) => sample / 32_768) })
  recogniser.decode(stream)
  return recogniser.getResult(stream).text.trim()
}

function report(message: ModelReport) {
  if (process.connected) process.send?.(message)
}
