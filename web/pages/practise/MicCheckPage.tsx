import { useRoute } from 'preact-iso'
import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { SelectField } from '../../components/Field.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { beforeTalk, toUnderstanding } from '../../components/partner-tier.ts'
import { useTopicQuery } from '../../gql/hooks.ts'
import { useAccount } from '../../hooks/use-account.ts'
import { useMicrophoneCheck, type CheckStatus } from '../../hooks/use-microphone-check.ts'
import { useServices } from '../../hooks/use-services.ts'
import { useStartSession } from '../../hooks/use-start-session.ts'
import { useStore } from '../../hooks/use-store.ts'
import { pathTo } from '../../paths.ts'
import type { LiveState } from '../../realtime/live-state.ts'
import type { TalkStyle } from '../../realtime/session-api.ts'
import { NotFoundPage } from '../errors/NotFoundPage.tsx'
import { MicrophoneHelp } from './MicrophoneHelp.tsx'
import { MicrophoneMeter } from './MicrophoneMeter.tsx'
import { TalkStyleChoice } from './TalkStyleChoice.tsx'

/** The last step before talking: is the microphone heard, and then Start. */
export function MicCheckPage() {
  const topicId = decodeURIComponent(useRoute().params['topicId'] ?? '')
  const { data, loading } = useTopicQuery({ variables: { id: topicId } })
  const topic = data?.node?.__typename === 'Topic' ? data.node : null
  if (loading && !topic) return <Loading label="Loading the topic" rows={2} />
  if (!topic) return <NotFoundPage />
  return (
    <Page
      title={topic.title}
      tabTitle={`Microphone check: ${topic.title}`}
      lead={topic.promptHint}
      back={{ href: pathTo.practise, label: 'All topics' }}
    >
      <Check topicId={topic.id} />
    </Page>
  )
}

function Check({ topicId }: { topicId: string }) {
  const { tier } = useAccount()
  const running = useStore(useServices().liveSession)
  const check = useMicrophoneCheck()
  const { start, isStarting, failure } = useStartSession()
  const [style, setStyle] = useState<TalkStyle>('GUIDED')
  const hasVoice = !needsHelp(check.status)
  // Free talk is nothing but voice.
  const talk = hasVoice ? style : 'GUIDED'
  const begin = async (): Promise<void> => {
    if (!(await start({ topicId, talk }, check.handOver()))) check.takeBack()
  }
  const isBlocked = running !== null && !isLeft(running.store.get())
  return (
    <div class="check">
      <section class="card check__panel" aria-labelledby="check-title">
        <h2 id="check-title">Check your microphone</h2>
        <CheckBody check={check} />
        {tier === 'GUIDED' && hasVoice && <TalkStyleChoice value={talk} onValue={setStyle} />}
        {failure && <Notice tone="problem">{failure}</Notice>}
        {isBlocked && <Notice tone="warning">Another conversation is not finished yet.</Notice>}
        <div class="button-row">
          <Button
            look="primary"
            large
            icon="mic"
            busy={isStarting}
            disabled={check.status !== 'ready' || isBlocked}
            onClick={() => void begin()}
          >
            Start
          </Button>
          {!hasVoice && (
            <Button look="quiet" icon="keyboard" busy={isStarting} disabled={isBlocked} onClick={() => void begin()}>
              Start without a microphone
            </Button>
          )}
        </div>
      </section>
      <GoodToKnow hasVoice={hasVoice} talk={talk} />
    </div>
  )
}

function GoodToKnow({ hasVoice, talk }: { hasVoice: boolean; talk: TalkStyle }) {
  const { tier, installation } = useAccount()
  const understanding = toUnderstanding({ installation: tier, talk, hasVoice, told: null })
  const isToldByChoice = tier === 'GUIDED' && hasVoice
  return (
    <aside class="check__side" aria-label="Good to know">
      <p class="check__hint">
        <Icon name="headphones" />
        <span>Headphones help: then the partner does not hear itself.</span>
      </p>
      {!isToldByChoice && (
        <p class="check__hint">
          <Icon name="practise" />
          <span>{beforeTalk[understanding]}</span>
        </p>
      )}
      <p class="check__hint">
        <Icon name="clock" />
        <span>
          Up to {Math.floor(installation.maxSessionSeconds / 60)} minutes. You can end whenever you like, and all is
          kept.
        </span>
      </p>
    </aside>
  )
}

function CheckBody({ check }: { check: ReturnType<typeof useMicrophoneCheck> }) {
  const { status, microphone, devices, context } = check
  if (status === 'asking')
    return <Notice>Your browser asks whether Parley may use the microphone. Choose “Allow”.</Notice>
  if (status !== 'ready' || !microphone) return <MicrophoneHelp status={status} onAsk={() => void check.ask()} />
  return (
    <>
      <MicrophoneMeter context={context} stream={microphone.stream} />
      <SelectField
        label="Microphone"
        value={microphone.deviceId ?? ''}
        onValue={(deviceId) => void check.choose(deviceId)}
        options={
          devices.length > 0
            ? devices.map(({ deviceId, label }) => ({ value: deviceId, label }))
            : [{ value: microphone.deviceId ?? '', label: microphone.label }]
        }
      />
    </>
  )
}

/** Nothing of it needs the learner or the microphone: what is held up saves itself. */
function isLeft({ phase, save }: LiveState): boolean {
  return phase === 'saved' || (phase === 'saving' && save.failure !== null)
}

function needsHelp(status: CheckStatus): boolean {
  return status !== 'ready' && status !== 'asking'
}
