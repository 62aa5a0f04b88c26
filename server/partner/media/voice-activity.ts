/** Tells voice from silence by Silero's model, run by sherpa-onnx: one detector a call, fed in windows of 32 ms. */
import { createRequire } from 'node:module'
import sherpa from 'sherpa-onnx-node'
import { LISTENING_RATE } from './listening-rate.ts'

export const WINDOW_SAMPLES = 512
export const WINDOW_MS = (WINDOW_SAMPLES * 1_000) / LISTENING_RATE

export interface VoiceActivity {
  /**
   * Of one window, exactly WINDOW_SAMPLES samples at 16 kHz; a single window may be wrong, in either way. The first window
   * of a voice is not told: the library waits for a second.
   */
  isVoiced(window: Float32Array): boolean
  /** Gives the detector back; it must not be used after. */
  release(): void
}

/** Detectors to lend. One takes 60 ms to make and 10 MB to keep: a call takes one that another call is done with. */
export interface VoiceActivityPool {
  /** Throws when the model file is missing or not one that the library knows. */
  take(threshold: number): VoiceActivity
}

type Detector = InstanceType<typeof sherpa.Vad>

/** Detectors of other thresholds are rare, and not kept. */
const USUAL_THRESHOLD = 0.5
/** No smoothing by the library, which takes 0 for its own default: who listens for turns waits longer than who interrupts. */
const AT_ONCE_SECONDS = 0.001

/** RMS of -66 dBFS: no microphone has a voice below it. */
const SILENCE = 0.0005
/** After so many such windows the model knows that it is silent, and need not be asked: it is most of what listening costs. */
const SETTLED_WINDOWS = 10

/** `spare` detectors of the usual threshold are made at once. */
export function createVoiceActivityPool(spare: number): VoiceActivityPool {
  const free = Array.from({ length: spare }, () => createDetector(USUAL_THRESHOLD))
  return {
    take(threshold) {
      const detector = (threshold === USUAL_THRESHOLD ? free.pop() : undefined) ?? createDetector(threshold)
      let silentWindows = 0
      return {
        isVoiced(window) {
          silentWindows = isSilent(window) ? silentWindows + 1 : 0
          if (silentWindows > SETTLED_WINDOWS) return false
          detector.acceptWaveform(window)
          // It also cuts segments, which are not used here: they must not pile up.
          while (!detector.isEmpty()) detector.pop()
          return detector.isDetected()
        },
        release() {
          if (threshold !== USUAL_THRESHOLD) return
          detector.reset()
          free.push(detector)
        },
      }
    },
  }
}

function isSilent(window: Float32Array): boolean {
  let energy = 0
  for (const sample of window) energy += sample * sample
  return energy < SILENCE * SILENCE * window.length
}

function createDetector(threshold: number): Detector {
  return new sherpa.Vad(
    {
      sileroVad: {
        model: modelFile(),
        threshold,
        minSilenceDuration: AT_ONCE_SECONDS,
        minSpeechDuration: AT_ONCE_SECONDS,
        windowSize: WINDOW_SAMPLES,
        maxSpeechDuration: 25,
      },
      sampleRate: LISTENING_RATE,
      numThreads: 1,
      debug: false,
    },
    30,
  )
}

function modelFile(): string {
  return createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx')
}
