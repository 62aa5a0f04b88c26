/** Composition: makes the partner out of its parts and starts it. */
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createCalls } from './calls.ts'
import type { PartnerConfig } from './config.ts'
import { createHttpServer } from './http/http-server.ts'
import type { Log } from './log.ts'
import { startMediaProcess } from './media/media-process.ts'
import { createMinds } from './minds.ts'
import { startRecogniser } from './recognition/recogniser.ts'
import { createClientSecrets } from './session/client-secrets.ts'
import { loadTopics } from './topic.ts'
import { startVoice } from './voice/voice.ts'

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
  const closeParts = () => Promise.all([media.close(), voice.close(), recogniser.close()])
  const minds = createMinds({ topics, voice, recogniser })
  const calls = createCalls(media, minds, log)
  const server = createHttpServer({
    apiKey: config.apiKey,
    allowedOrigins: config.allowedOrigins,
    secrets: createClientSecrets(),
    minted: (session) => minds.prepareOpening(session),
    calls,
    log,
  })
  try {
    await Promise.all([
      media.ready(),
      voice.say('Hello.', { voice: 'slt', speed: 1 }),
      recogniser.choose(new Int16Array(16_000), ['hello']),
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
      server.closeAllConnections()
      await closeParts()
    },
  }
}
