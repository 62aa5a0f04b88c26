/** How loud a stream is right now, for a meter or a glow: 0 is silence, 1 is as loud as speech gets. */

export interface LevelMeter {
  read(): number
  close(): void
}

export function createLevelMeter(context: AudioContext, stream: MediaStream): LevelMeter {
  const source = context.createMediaStreamSource(stream)
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    read() {
      analyser.getFloatTimeDomainData(samples)
      return toLevel(samples)
    },
    close() {
      source.disconnect()
      analyser.disconnect()
    },
  }
}

/** Root mean square in decibels, from -60 dBFS (0) to -12 dBFS (1): the range in which speech lies. */
export function toLevel(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = Math.sqrt(sum / Math.max(1, samples.length))
  const decibels = rms === 0 ? -Infinity : 20 * Math.log10(rms)
  return Math.min(1, Math.max(0, (decibels + 60) / 48))
}
