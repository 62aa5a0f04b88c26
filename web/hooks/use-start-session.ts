import { useLocation } from 'preact-iso'
import { useCallback, useState } from 'preact/hooks'
import { pathTo } from '../paths.ts'
import { startLiveSession } from '../realtime/start-live-session.ts'
import type { Microphone } from '../realtime/microphone.ts'
import { uploadByPut } from '../realtime/upload.ts'
import type { TalkStyle } from '../realtime/session-api.ts'
import { useAccount, useViewer } from './use-account.ts'
import { useServices } from './use-services.ts'
import type { SegmentSource } from '../gql/documents.ts'
import type { Account } from './use-account.ts'

/** How the learner's voice becomes text, by what the partner can understand here. */
const sources: Record<Account['tier'], SegmentSource> = {
  GUIDED: 'MATCHED',
  LOCAL_RECOGNITION: 'RECOGNISED',
  FREE_CONVERSATION: 'PROVIDER',
}

/**
 * Starts a conversation and goes to it. `start` gives whether it began; `failure` says why not. The caller hands over
 * the microphone and the audio context for good only when it did.
 */
export function useStartSession() {
  const { api, outbox, liveSession } = useServices()
  const { tier, installation } = useAccount()
  const viewer = useViewer()
  const { route } = useLocation()
  const [isStarting, setIsStarting] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const start = useCallback(
    async (
      activity: { topicId: string; talk: TalkStyle },
      sound: { microphone: Microphone; context: AudioContext },
    ): Promise<boolean> => {
      setIsStarting(true)
      setFailure(null)
      try {
        await sound.context.resume()
        const options = {
          ...activity,
          viewerId: viewer.id,
          voiceSource: sources[tier],
          maxSeconds: installation.maxSessionSeconds,
          ...sound,
        }
        const remux = import('../realtime/remux.ts')
        const session = await startLiveSession(options, {
          api,
          outbox,
          upload: uploadByPut,
          remux: async (...recording) => (await remux).remux(...recording),
        })
        liveSession.set(session)
        route(pathTo.live(session.sessionId))
        return true
      } catch (error) {
        setFailure(error instanceof Error ? error.message : 'The conversation could not be started.')
        return false
      } finally {
        setIsStarting(false)
      }
    },
    [api, outbox, liveSession, tier, installation, viewer.id, route],
  )

  return { start, isStarting, failure }
}
