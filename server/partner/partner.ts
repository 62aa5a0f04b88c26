/** Composition: makes the partner out of its parts and starts it. */
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createAligner } from './alignment/aligner.ts'
import { createCalls } from './calls.ts'
import type { PartnerConfig } from './config.ts'
import { createHttpServer } from './http/http-server.ts'
import { createSideband } from './http/sideband.ts'
import type { Log } from './log.ts'
import { startMediaProcess } from './media/media-process.ts'
import { createMinds } from './minds.ts'
import { startRecogniser } from './recognition/recogniser.ts'
import { createClientSecrets } from './session/client-secrets.ts'
import { startSpeechModel } from './speech-model/speech-model.ts'
import { loadTopics } from './topic.ts'
import { createTranscriber } from './transcription/transcriber.ts'
import { startVoice } from './voice/voice.ts'

/** A model that takes longer to load is used once it is there; calls until then do without. */
const MODEL_PATIENCE_MS = 20_000

export interface Partner {
  port: number
  /** Hangs up all calls, then ends the workers and the media process. */
  stop(): Promise<void>
}

/** Resolves when everything is warm and the port is open. Throws TopicFileError, and the listener's own error (EADDRINUSE). */
export async function startPartner(config: PartnerConfig, log: Log): Promise<Partner> {
  const topics = loadTopics(fileURLToPath(new URL('./topics', import.meta.url)))
  const media = startMediaProcess(config.iceAddresses, log)
  const voice = startVoice()
  const recogniser = startRecogniser()
  const aligner = createAligner()
  const directory = config.speechModelDirectory
  const model = directory === null ? null : startSpeechModel({ directory, log })
  const transcriber = createTranscriber(model)
  const parts = [media, voice, recogniser, aligner, transcriber, ...(model ? [model] : [])]
  const closeParts = () => Promise.all(parts.map((part) => part.close()))
  const minds = createMinds({ topics, voice, recogniser }, model)
  const calls = createCalls({ media, minds, log, mostCalls: config.mostCalls })
  const sideband = createSideband({ apiKey: config.apiKey, calls, log })
  const server = createHttpServer({
    apiKey: config.apiKey,
    allowedOrigins: config.allowedOrigins,
    isTestMode: config.isTestMode,
    secrets: createClientSecrets(),
    minted: (session) => minds.prepareOpening(session),
    calls,
    sideband,
    aligner,
    transcriber,
    tier: () => minds.tier,
    log,
  })
  try {
    await Promise.all([
      media.ready(),
      voice.say('Hello.', { voice: 'slt', speed: 1 }),
      recogniser.recognise(new Int16Array(16_000), [{ wording: 'hello', kind: 'reply' }]),
      Promise.race([model?.firstStart, delay(MODEL_PATIENCE_MS, undefined, { ref: false })]),
    ])
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.port, config.host, resolve))
  } catch (error) {
    await closeParts()
    throw error
  }
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close()
      calls.hangUpAll()
      sideband.close()
      server.closeAllConnections()
      await closeParts()
    },
  }
}
