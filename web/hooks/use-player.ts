import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

/** What a player needs to know of a recording. */
export interface PlayableRecording {
  id: string
  url: string | null
  durationSeconds: number | null
}

/** A recording under one's thumb. */
export interface Player {
  isPlaying: boolean
  /** Seconds from the recording's first sample. */
  position: number
  duration: number
  rate: number
  hasFailed: boolean
  toggle: () => void
  /** Goes there; plays when asked to. */
  seek: (seconds: number, andPlay?: boolean) => void
  setRate: (rate: number) => void
}

/**
 * Plays one recording; null where there is none yet. `onExpired` is called when the address no longer works (signed
 * addresses are short-lived) and resolves once a fresh one is there: it then goes on where the old one stopped.
 */
export function usePlayer(recording: PlayableRecording | null, onExpired: () => Promise<unknown>): Player {
  const url = recording?.url ?? null
  const recordingId = recording?.id ?? null
  const knownDuration = recording?.durationSeconds ?? null
  const [audio] = useState(() => new Audio())
  const [state, setState] = useState({
    isPlaying: false,
    position: 0,
    duration: knownDuration ?? 0,
    rate: 1,
    hasFailed: false,
  })
  const tries = useRef(0)
  const loadedId = useRef<string | null>(null)
  const wanted = useRef({ position: 0, isPlaying: false })

  useEffect(() => {
    // Every answer of the server signs a new address: one that works is not given up for it.
    if (!url || (loadedId.current === recordingId && audio.error === null)) return
    loadedId.current = recordingId
    audio.preload = 'metadata'
    audio.src = url
    audio.currentTime = wanted.current.position
    if (wanted.current.isPlaying) void audio.play().catch(() => undefined)
  }, [audio, url, recordingId])

  useEffect(() => {
    const update = (): void => {
      wanted.current = { position: audio.currentTime, isPlaying: !audio.paused }
      const duration = Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : (knownDuration ?? 0)
      setState((now) => ({
        ...now,
        isPlaying: !audio.paused && !audio.ended,
        position: audio.currentTime,
        duration,
        hasFailed: false,
      }))
    }
    const fail = (): void => {
      tries.current += 1
      if (tries.current <= 2)
        void onExpired().then(
          () => audio.error && audio.load(),
          () => undefined,
        )
      else setState((now) => ({ ...now, isPlaying: false, hasFailed: true }))
    }
    const events = ['timeupdate', 'play', 'pause', 'ended', 'loadedmetadata', 'seeked'] as const
    for (const event of events) audio.addEventListener(event, update)
    audio.addEventListener('error', fail)
    return () => {
      for (const event of events) audio.removeEventListener(event, update)
      audio.removeEventListener('error', fail)
    }
  }, [audio, knownDuration, onExpired])

  useEffect(() => () => audio.pause(), [audio])
  useSmoothPosition(audio, state.isPlaying, setState)

  return { ...state, ...usePlayerControls(audio, setState) }
}

function usePlayerControls(audio: HTMLAudioElement, setState: SetState): Pick<Player, 'toggle' | 'seek' | 'setRate'> {
  const play = useCallback(() => void audio.play().catch(() => undefined), [audio])
  const toggle = useCallback(() => (audio.paused ? play() : audio.pause()), [audio, play])
  const seek = useCallback(
    (seconds: number, andPlay = false) => {
      audio.currentTime = Math.max(0, seconds)
      setState((now) => ({ ...now, position: Math.max(0, seconds) }))
      if (andPlay) play()
    },
    [audio, play, setState],
  )
  const setRate = useCallback(
    (rate: number) => {
      audio.playbackRate = rate
      setState((now) => ({ ...now, rate }))
    },
    [audio, setState],
  )
  return { toggle, seek, setRate }
}

type PlayerState = Pick<Player, 'isPlaying' | 'position' | 'duration' | 'rate' | 'hasFailed'>
type SetState = (change: (now: PlayerState) => PlayerState) => void

/** `timeupdate` comes four times a second: too seldom for a line that lights up as it is spoken. */
function useSmoothPosition(audio: HTMLAudioElement, isPlaying: boolean, setState: SetState): void {
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => setState((now) => ({ ...now, position: audio.currentTime })), 80)
    return () => clearInterval(timer)
  }, [audio, isPlaying, setState])
}
