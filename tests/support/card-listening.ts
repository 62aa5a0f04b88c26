/** How the partner hears which of some cards was said: the real model of voices, the real turns and the real recogniser. */
import { TurnDetector } from '../../server/partner/media/turn-detector.ts'
import { createVoiceActivityPool, WINDOW_SAMPLES } from '../../server/partner/media/voice-activity.ts'
import { toWords } from '../../server/partner/recognition/grammar.ts'
import type { Recogniser } from '../../server/partner/recognition/recogniser.ts'

const pool = createVoiceActivityPool(1)

/** The turns heard in a sound that silence surrounds. */
export function hearTurns(pcm: Int16Array): Int16Array[] {
  const turns: Int16Array[] = []
  const activity = pool.take(0.5)
  const detector = new TurnDetector(
    { silenceMs: 1_200, threshold: 0.5, prefixPaddingMs: 300, interruptsResponse: true },
    (event) => {
      if (event.type === 'speech-stopped') turns.push(event.utterance)
    },
  )
  const sound = new Float32Array(pcm.length + 48_000)
  sound.set(
    Float32Array.from(pcm, (sample) => sample / 32_768),
    16_000,
  )
  for (let at = 0; at + WINDOW_SAMPLES <= sound.length; at += WINDOW_SAMPLES) {
    const window = sound.slice(at, at + WINDOW_SAMPLES)
    detector.push(window, activity.isVoiced(window))
  }
  activity.release()
  return turns
}

/** The index of the card that was said. */
export async function chooseCard(
  by: Recogniser,
  utterance: Int16Array,
  cards: readonly string[],
  asides: readonly string[] = [],
): Promise<number | null> {
  const said = await by.recognise(utterance, [
    ...cards.map((card) => ({ wording: toWords(card).join(' '), kind: 'reply' as const })),
    ...asides.map((wording) => ({ wording, kind: 'aside' as const })),
  ])
  return said?.choice ?? null
}
