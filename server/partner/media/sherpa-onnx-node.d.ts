/** The part of sherpa-onnx-node that is used here; the package ships no types. */
declare module 'sherpa-onnx-node' {
  interface VadConfig {
    sileroVad: {
      model: string
      threshold: number
      minSilenceDuration: number
      minSpeechDuration: number
      windowSize: number
      maxSpeechDuration: number
    }
    sampleRate: number
    numThreads: number
    debug: boolean
  }
  class Vad {
    constructor(config: VadConfig, bufferSizeInSeconds: number)
    acceptWaveform(samples: Float32Array): void
    isEmpty(): boolean
    isDetected(): boolean
    pop(): void
    reset(): void
  }
  class OfflineStream {
    acceptWaveform(sound: { samples: Float32Array; sampleRate: number }): void
  }
  class OfflineRecognizer {
    constructor(config: {
      featConfig: { sampleRate: number; featureDim: number }
      modelConfig: Record<string, unknown>
    })
    createStream(): OfflineStream
    decode(stream: OfflineStream): void
    getResult(stream: OfflineStream): { text: string }
  }
  const sherpa: { Vad: typeof Vad; OfflineRecognizer: typeof OfflineRecognizer }
  export default sherpa
}
