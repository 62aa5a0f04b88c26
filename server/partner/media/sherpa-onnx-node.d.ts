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
  const sherpa: { Vad: typeof Vad }
  export default sherpa
}
