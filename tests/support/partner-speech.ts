/** Speech for tests: synthesised sentences, and real learners' recordings where PARLEY_TEST_SPEECH_DIR names them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startVoice, type VoiceName } from '../../server/partner/voice/voice.ts'

export interface Speaker {
  /** 16 kHz. */
  say(text: string, voice?: VoiceName): Promise<Int16Array>
  close(): Promise<void>
}

export function openSpeaker(): Speaker {
  const voice = startVoice()
  return {
    say: async (text, name = 'rms') => toLearnerRate(await voice.say(text, { voice: name, speed: 1 })),
    close: () => voice.close(),
  }
}

export const REAL_SPEECH_DIR = process.env['PARLEY_TEST_SPEECH_DIR'] ?? ''

export interface Recording {
  /** Lower case. */
  text: string
  pcm: Int16Array
}

/** Real learners' sentences with what they read: 16 kHz WAV files listed in transcripts.tsv. */
export function readRecordings(folder: string): Recording[] {
  const rows = readFileSync(join(folder, 'transcripts.tsv'), 'utf8').trim().split('\n').slice(1)
  return rows.map((row) => {
    const [file = '', text = ''] = row.split('\t')
    const wav = readFileSync(join(folder, file))
    return {
      text: text.toLowerCase(),
      pcm: Int16Array.from({ length: (wav.length - 44) / 2 }, (_, index) => wav.readInt16LE(44 + index * 2)),
    }
  })
}

/** Even noise, as a fan makes it, that must not be taken for speech. */
export function makeNoise(seconds: number, loudness: number): Int16Array {
  let seed = 1
  return Int16Array.from({ length: seconds * 16_000 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.round((seed / 1_073_741_824 - 1) * loudness * 32_767)
  })
}

/** 24 kHz to 16 kHz. The voice holds nothing above 8 kHz that could fold back. */
function toLearnerRate(pcm: Int16Array): Int16Array {
  return Int16Array.from({ length: Math.floor(pcm.length / 1.5) }, (_, index) => {
    const at = index * 1.5
    const left = pcm[Math.floor(at)] ?? 0
    return left + ((pcm[Math.floor(at) + 1] ?? left) - left) * (at % 1)
  })
}
