/**
 * A recording as a browser's recorder makes them, of stretches of sound whose loudness is known: a tone of 400 Hz on the learner's
 * side, one of 1,000 Hz on the partner's.
 *
 * The packets were made once by libopus 1.3.1 (48 kHz, 48 kbit/s, frames of 20 ms, application RESTRICTED_LOWDELAY) from the
 * levels named below, and are repeated: each list is a tenth of a second, which holds whole periods of both tones.
 */
import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, Output, WebMOutputFormat } from 'mediabunny'

/** Root mean square in dBFS, left and right. */
const packets = {
  /** -22 and -30. */
  plain: [
    '/MXAzRUaya/12z95t6D2qicdv2oEzAeIDf9n9n9n1jzcz6KjImlniyrmzLMFT3RWb6BBcOaNW1zEVj7WNJXjc/URsqKdhbQZnqcI0vv6DA2V+1ghpLh8ekU4/+VOkKhjuy7JWMhv3e88Rm63u/pgrUOzdz0TFrtx',
    '/MXAzRUaya/12z95t6D2qicdv2oEzAeIDf9n9n9n1jzcz6KjImlniyrmzLMFT3RWb6BBcOaNW1zEVj7WNJXjc/URsqKdhbQZnqcI0vv6DA2V+1ghpLh8ekU4/+VOkKhjuy7JWMhv3e88Rm63u/pgLUOzdv0XFrtx',
    '/MXAzRUaya/12z95t6D2qicdv2oEzAeIDf9n9n9n1jzcz6KjImlniyrmzLMFT3RWb6BBcOaNW1zEVj7WNJXjc/URsqKdhbQRnqcI0vv6DA2V+1ghpLh8ekU4/+VOkKhjuy7JWMhv3e88Rm63u/pgLUOzdv0XFrtx',
    '/MXAzRUaya/12z95t6D2qicdv2oEzAeIDf9n9n9n1jzcz6KjImlniyrmzLMFT3RWb6BBcOaNW1zEVj7WNJXjc/URsqKdhbQZnqcI0vv6DA2V+1ghpLh8ekU4/+VOkKhjuy7JWMhv3e88Rm63u/pgjUKzdv0TFrtx',
    '/MXAzRUaya/12z95t6D2qicdv2oEzAeIDf9n9n9n1jzcz6KjImlniyrmzLMFT3RWb6BBcOaNW1zEVj7WNJXjc/URsqKdhbQZnqcI0vv6DA2V+1ghpLh8ekU4/+VOkKhjuy7JWMhv3e88Rm63u/pgLUOzdz0XFrtx',
  ],
  /** -46 and -22. */
  quiet: [
    '/LBik6c/SbGIZz3g4pYe3S3PSeiRSgpQIwIwIwIZFcUH1zWLWGxE+0B011cT1tTsOBT1GY3+L4ZF1nFSmnEw959GxEpFRayn+or4WuAcFDB9qoZZvHs9aeUo8mEYyO2/eVZZyl1Tg0jhq2UVVMs6o72xVVPE9bGh',
    '/LBik6c/SbGIZz3g4pYe3S3PSeiRSgpQIwIwIwIZFcUH1zWLWGxE+0B011cT1tTsOBT1GY3+L4ZF1nFSmnEw959GxEpFRayn+or4WuAcFDB9qoZZvHs9aeUo8mEYyO2/eVZZyl1Tg0jhq2UVVMs+o72zd1PE9cGh',
    '/LBik6c/SbGIZz3g4pYe3S3PSeiRSgpQIwIwIwIZFcUH1zWLWGxE+0B011cT1tTsOBT1GY3+L4ZF1nFSmnEw959GxEpFRayn+or4WuAcFDB9qoZZvHs9aeUo8mEYyO2/eVZZyl1Tg0jhq2UVVMs6o72xd1PE9jGh',
    '/LBik6c/SbGIZz3g4pYe3S3PSeiRSgpQIwIwIwIZFcUH1zWLWGxE+0B011cT1tTsOBT1GY3+L4ZF1nFSmnEw959GxEpFRayn+or4WuAcFDB9qoZZvHs9aeUo8mEYyO2/eVZZyl1Tg0jhq2UVVMs+o72xVVPE9bGh',
    '/LBik6c/SbGIZz3g4pYe3S3PSeiRSgpQIwIwIwIZFcUH1zWLWGxE+0B011cT1tTsOBT1GY3+L4ZF1nFSmnEw959GxEpFRayn+or4WuAcFDB9qoZZvHs9aeUo8mEYyO2/eVZZyl1Tg0jhq2UVVMs6o72zd1PE9bGh',
  ],
  /** Four times full scale, cut off; and -30. */
  clipped: [
    '/LtJcIN/6CVKJlWiYrVTmMI+a2DQgxAPIqwqwqw2euhbaqWi/Y4rys5M7hAXHnArWWi4174EgvF1t9suHz6e5ulUT1jeeWZdFcSlzqXIHrbvrvA+3MLC/Gn8JM9ebVPuhWXJB8L+irWGxDEgqHR5QJEhaAOuL9W5',
    '/LtJcIN/6CVKJk/+LwMbVrv0J9vvbLrVZrZrZrcgIK6R448b5DSD7mI+fNMFLNGv/LREvmCumO4VLrXNxehLGyLUGWHnlmXRXEo1pdwEEZu+u8D7cwsL8afwkz15tU+6FZckHwv6Ktl1iGJsaHR5QQEhaAGOL/W5',
    '/LtJcIN/6CU2t2uxNeaTkVTvGBYmWEqzl616162NScsYlQI0by/Vy4oth9Dc/67FbQTjG4nn6ROPnthFupgz7jHnlmXRXEo1pdwEEZu+u8D7cwsL8afwkz15tU+6FZc7D6MdJJ4NMVl1iGJsaHRyAREZaAOOMdW5',
    '/LtJcIN/6CVKJlWiYmg6UW+4kWS+j9foaZSZSZVVZJYzuj8CUy9D3UK28UKJgbEMHP83TBnS9ePcGyBy3zCtL+yGgaHnlmXRXEo1pdwEEZu+u8D7cwsL8afwkz15tU+6FZckHwv6Ktl1iGJsaHR5QIEhaAGOT9W5',
    '/LtJcIN/6CVKF8BaABu0f7RsLRwhbr8gyzKzKzMdv5+OM25XCpROzmPgLWzrq71tpDbvRyQ3R2dStiyGs/TUwxCCgNx55Zl0VxKXOpcgetu+u8D7cwsL8afwkz15tU+6FZckHwv6Ktl1iGJsaHRzQREhaAOuL/W5',
  ],
  /** An encoder's own word for digital silence. */
  silent: ['/P/+'],
}

export type Sound = keyof typeof packets

export interface Stretch {
  sound: Sound
  seconds: number
}

const frameSeconds = 0.02

/** WebM with stereo Opus. */
export async function makeSoundingRecording(...stretches: Stretch[]): Promise<Buffer<ArrayBuffer>> {
  const source = new EncodedAudioPacketSource('opus')
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() })
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = { codec: 'opus', numberOfChannels: 2, sampleRate: 48_000 }
  let frame = 0
  for (const { sound, seconds } of stretches) {
    for (let left = Math.round(seconds / frameSeconds); left > 0; left -= 1) {
      const bytes = Buffer.from(packets[sound][frame % packets[sound].length] ?? '', 'base64')
      await source.add(new EncodedPacket(new Uint8Array(bytes), 'key', frame * frameSeconds, frameSeconds), {
        decoderConfig,
      })
      frame += 1
    }
  }
  await output.finalize()
  if (!output.target.buffer) throw new Error('nothing was written')
  return Buffer.from(output.target.buffer)
}

/** Somebody who speaks for as long as she is silent, by turns of half a second. */
export function speakFor(sound: Sound, seconds: number): Stretch[] {
  return Array.from({ length: seconds }, (): Stretch[] => [
    { sound, seconds: 0.5 },
    { sound: 'silent', seconds: 0.5 },
  ]).flat()
}
