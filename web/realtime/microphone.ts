/** The learner's microphone: opened once, and shared by the call, the recorder and the meter. */

export type MicrophoneProblem = 'denied' | 'missing' | 'busy' | 'unsupported' | 'unknown'

export class MicrophoneError extends Error {
  readonly problem: MicrophoneProblem

  constructor(problem: MicrophoneProblem) {
    super(`Microphone: ${problem}`)
    this.name = 'MicrophoneError'
    this.problem = problem
  }
}

export interface Microphone {
  stream: MediaStream
  track: MediaStreamTrack
  /** False for the silent stand-in of someone who types. */
  hasVoice: boolean
  deviceId: string | null
  label: string
  setMuted(isMuted: boolean): void
  /** The device was unplugged, or its permission taken back. */
  onLost(listener: () => void): () => void
  close(): void
}

export interface MicrophoneDevice {
  deviceId: string
  label: string
}

/** Asks for the microphone. Throws `MicrophoneError` with what stood in the way. */
export async function openMicrophone(deviceId?: string): Promise<Microphone> {
  if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneError('unsupported')
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    })
    return toMicrophone(stream, true)
  } catch (error) {
    throw new MicrophoneError(problemOf(error))
  }
}

/** A silent track, for a learner without a microphone: the recording keeps its two channels. The call sends none. */
export function openSilentMicrophone(context: AudioContext): Microphone {
  return toMicrophone(context.createMediaStreamDestination().stream, false)
}

/** What can be chosen; labels are known only once permission was given. */
export async function listMicrophones(): Promise<MicrophoneDevice[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  return devices
    .filter((device) => device.kind === 'audioinput' && device.deviceId !== '')
    .map((device, index) => ({ deviceId: device.deviceId, label: device.label || `Microphone ${index + 1}` }))
}

/** Calls back when a device is plugged in or out, until the returned function is called. */
export function watchDevices(listener: () => void): () => void {
  navigator.mediaDevices?.addEventListener?.('devicechange', listener)
  return () => navigator.mediaDevices?.removeEventListener?.('devicechange', listener)
}

function toMicrophone(stream: MediaStream, hasVoice: boolean): Microphone {
  const [track] = stream.getAudioTracks()
  if (!track) throw new MicrophoneError('missing')
  return {
    stream,
    track,
    hasVoice,
    deviceId: track.getSettings().deviceId ?? null,
    label: track.label,
    setMuted(isMuted) {
      track.enabled = !isMuted
    },
    onLost(listener) {
      track.addEventListener('ended', listener)
      return () => track.removeEventListener('ended', listener)
    },
    close() {
      for (const each of stream.getTracks()) each.stop()
    },
  }
}

/** Source: the exceptions of `getUserMedia` in the Media Capture and Streams specification, section 10.2. */
function problemOf(error: unknown): MicrophoneProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'unknown'
  }
}
