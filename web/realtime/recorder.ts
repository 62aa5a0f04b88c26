/**
 * Records both sides of the conversation, the learner left and the partner right, in slices of a second that are
 * handed over as they come. A remote track is silent in WebAudio unless it also plays on an audio element: the
 * call's owner sees to that.
 */

/** 32 kbit/s of Opus in two channels is plain speech in full quality: 252 KB a minute. */
const bitsPerSecond = 32_000
const sliceMs = 1_000

/** Best first; Safari knows only the last two. */
const containers = [
  'audio/webm;codecs=opus',
  'audio/webm',
  'audio/ogg;codecs=opus',
  'audio/mp4;codecs=opus',
  'audio/mp4;codecs=mp4a.40.2',
  'audio/mp4',
]

export interface RecorderEvents {
  /** `index` counts from 0. Slices are handed over one after another. */
  onSlice(bytes: ArrayBuffer, index: number): Promise<void>
  onProblem(error: unknown): void
}

export interface Recorder {
  mimeType: string
  /** When the first sample was taken, on the page's clock. */
  startedAtMs: number
  setLearner(stream: MediaStream): void
  setPartner(stream: MediaStream): void
  /** Resolves once the last slice was handed over. */
  stop(): Promise<void>
}

/** The container that this browser really records; null where it records none. */
export function findContainer(
  isSupported: (type: string) => boolean = (type) =>
    typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(type),
): string | null {
  return containers.find(isSupported) ?? null
}

/** Starts to record. The context must be running: resume it in the click that starts the call. */
export async function startRecorder(
  context: AudioContext,
  learner: MediaStream,
  events: RecorderEvents,
): Promise<Recorder> {
  const mimeType = findContainer()
  if (mimeType === null) throw new Error('This browser cannot record sound')
  const mixer = createMixer(context)
  mixer.connect(0, learner)
  const recorder = new MediaRecorder(mixer.stream, { mimeType, audioBitsPerSecond: bitsPerSecond })
  const handOver = new SliceChain(events)
  recorder.addEventListener('dataavailable', (event) => handOver.add(event.data))
  recorder.addEventListener('error', (event) => events.onProblem(event))
  const startedAtMs = await new Promise<number>((resolve) => {
    recorder.addEventListener('start', () => resolve(performance.now()), { once: true })
    recorder.start(sliceMs)
  })
  return {
    mimeType: recorder.mimeType || mimeType,
    startedAtMs,
    setLearner: (stream) => mixer.connect(0, stream),
    setPartner: (stream) => mixer.connect(1, stream),
    async stop() {
      if (recorder.state !== 'inactive') {
        await new Promise<void>((resolve) => {
          recorder.addEventListener('stop', () => resolve(), { once: true })
          recorder.stop()
        })
      }
      await handOver.settled()
      mixer.close()
    },
  }
}

/** Slices are written in order even where one takes longer than the next takes to come. */
class SliceChain {
  readonly #events: RecorderEvents
  #last: Promise<void> = Promise.resolve()
  #count = 0

  constructor(events: RecorderEvents) {
    this.#events = events
  }

  add(data: Blob): void {
    if (data.size === 0) return
    const index = this.#count
    this.#count += 1
    this.#last = this.#last.then(async () => {
      try {
        await this.#events.onSlice(await data.arrayBuffer(), index)
      } catch (error) {
        this.#events.onProblem(error)
      }
    })
  }

  settled(): Promise<void> {
    return this.#last
  }
}

interface Mixer {
  stream: MediaStream
  /** Replaces what the channel hears. */
  connect(channel: 0 | 1, stream: MediaStream): void
  close(): void
}

function createMixer(context: AudioContext): Mixer {
  const merger = context.createChannelMerger(2)
  const destination = context.createMediaStreamDestination()
  destination.channelCount = 2
  merger.connect(destination)
  // Whatever the device delivers is brought down to the one channel that each speaker has.
  const inputs = ([0, 1] as const).map((channel) => {
    const mono = context.createGain()
    mono.channelCount = 1
    mono.channelCountMode = 'explicit'
    mono.channelInterpretation = 'speakers'
    mono.connect(merger, 0, channel)
    return { mono, source: null as MediaStreamAudioSourceNode | null }
  })
  return {
    stream: destination.stream,
    connect(channel, stream) {
      const input = inputs[channel]
      if (!input) return
      input.source?.disconnect()
      input.source = context.createMediaStreamSource(stream)
      input.source.connect(input.mono)
    },
    close() {
      for (const input of inputs) input.source?.disconnect()
      merger.disconnect()
    },
  }
}
