import { expect, test } from 'vitest'
import { askForSpeech } from '../../server/partner/media/opus-parameters.ts'

const describeAudio = (lines: string[]) => ['m=audio 9 UDP/TLS/RTP/SAVPF 111 0', ...lines, ''].join('\r\n')

test('asks the other side for speech of 16 kHz that pauses in silence, and keeps what stood there', () => {
  const sdp = describeAudio([
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:0 PCMU/8000',
  ])
  expect(askForSpeech(sdp)).toBe(
    describeAudio([
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1;maxplaybackrate=16000;usedtx=1;stereo=0',
      'a=rtpmap:0 PCMU/8000',
    ]),
  )
})

test('what was asked otherwise gives way, once', () => {
  const sdp = describeAudio(['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 stereo=1;usedtx=0'])
  expect(askForSpeech(sdp)).toContain('a=fmtp:111 stereo=0;usedtx=1;maxplaybackrate=16000\r\n')
})

test('an Opus without parameters gets them on the line after its own', () => {
  expect(askForSpeech(describeAudio(['a=rtpmap:109 opus/48000/2', 'a=rtcp-mux']))).toBe(
    describeAudio(['a=rtpmap:109 opus/48000/2', 'a=fmtp:109 maxplaybackrate=16000;usedtx=1;stereo=0', 'a=rtcp-mux']),
  )
})

test('a description without Opus is left as it is', () => {
  const sdp = describeAudio(['a=rtpmap:0 PCMU/8000'])
  expect(askForSpeech(sdp)).toBe(sdp)
})
