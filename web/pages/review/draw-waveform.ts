/**
 * A waveform from peaks: nothing is fetched or decoded. The only file that knows the drawing library; it is loaded when there is
 * something to draw.
 */
import WaveSurfer from 'wavesurfer.js'

export interface WaveformInput {
  /** 0 to 1. */
  peaks: Float32Array
  durationSeconds: number
  colours: WaveformColours
}

export interface WaveformColours {
  wave: string
  /** Of what has been heard. */
  heard: string
  cursor: string
}

export interface DrawnWaveform {
  setPosition: (seconds: number) => void
  setColours: (colours: WaveformColours) => void
  destroy: () => void
}

/** Rejects where it cannot be drawn; there is then nothing left of it. */
export async function drawWaveform(host: HTMLElement, input: WaveformInput): Promise<DrawnWaveform> {
  const frame = document.createElement('div')
  frame.style.height = '100%'
  const wave = WaveSurfer.create({
    container: frame,
    height: 'auto',
    peaks: [input.peaks],
    duration: input.durationSeconds,
    barWidth: 2,
    barGap: 1,
    barRadius: 2,
    barMinHeight: 1,
    cursorWidth: 2,
    interact: false,
    hideScrollbar: true,
    ...toOptions(input.colours),
  })
  try {
    adoptStyle(wave.getWrapper().getRootNode())
    host.append(frame)
    await new Promise<void>((resolve, reject) => {
      wave.once('ready', () => resolve())
      wave.once('error', reject)
    })
  } catch (error) {
    wave.destroy()
    frame.remove()
    throw error
  }
  return {
    setPosition: (seconds) => wave.setTime(seconds),
    setColours: (colours) => wave.setOptions(toOptions(colours)),
    destroy: () => {
      wave.destroy()
      frame.remove()
    },
  }
}

/** The page's policy lets no style element in: before the frame is in the page, its rules move to a sheet of their own. */
function adoptStyle(root: Node): void {
  if (!(root instanceof ShadowRoot)) return
  for (const style of root.querySelectorAll('style')) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style.textContent ?? '')
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    style.remove()
  }
}

function toOptions(colours: WaveformColours): { waveColor: string; progressColor: string; cursorColor: string } {
  return { waveColor: colours.wave, progressColor: colours.heard, cursorColor: colours.cursor }
}
