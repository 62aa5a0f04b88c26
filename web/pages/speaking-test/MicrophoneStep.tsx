import { Button } from '../../components/Button.tsx'
import { SelectField } from '../../components/Field.tsx'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { Notice } from '../../components/Notice.tsx'
import type { useMicrophoneCheck } from '../../hooks/use-microphone-check.ts'
import { MicrophoneMeter } from '../practise/MicrophoneMeter.tsx'
import { testMicrophone } from './test-words.ts'

export type MicrophoneCheck = ReturnType<typeof useMicrophoneCheck>

export interface MicrophoneStepProps {
  check: MicrophoneCheck
  task: { index: number }
  /** Nothing of the test is done yet. */
  isFirst: boolean
  onReady: () => void
}

/** Before the first task of a visit: is the voice heard? */
export function MicrophoneStep({ check, task, isFirst, onReady }: MicrophoneStepProps) {
  return (
    <section class="card test__card" aria-labelledby="test-microphone-title">
      <h2 id="test-microphone-title">Check your microphone</h2>
      <p class="soft">
        Find a quiet place. In each task the time to prepare comes first; then the recording begins by itself.
      </p>
      <MicrophoneState check={check} />
      <div>
        <Button look="primary" large disabled={check.status !== 'ready'} onClick={onReady}>
          {isFirst ? 'Begin' : `Go on with task ${task.index}`}
        </Button>
      </div>
    </section>
  )
}

/** The meter and the choice of a microphone, or what stands in the way. */
export function MicrophoneState({
  check,
  words = testMicrophone,
}: {
  check: MicrophoneCheck
  /** What is said of each thing that can stand in the way. */
  words?: typeof testMicrophone
}) {
  const { status, microphone, devices, context } = check
  if (status === 'asking')
    return <Notice>Your browser asks whether Parley may use the microphone. Choose “Allow”.</Notice>
  if (status !== 'ready' || !microphone)
    return (
      <FaultNotice
        message={words[status === 'ready' ? 'unknown' : status]}
        action={<Button onClick={() => void check.ask()}>Try again</Button>}
      />
    )
  const known = devices.length > 0 ? devices : [{ deviceId: microphone.deviceId ?? '', label: microphone.label }]
  return (
    <>
      <MicrophoneMeter context={context} stream={microphone.stream} silent={words.silent} />
      <SelectField
        label="Microphone"
        value={microphone.deviceId ?? ''}
        onValue={(deviceId) => void check.choose(deviceId)}
        options={known.map(({ deviceId, label }) => ({ value: deviceId, label }))}
      />
    </>
  )
}
