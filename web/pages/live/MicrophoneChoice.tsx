import { microphoneRefused } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { SelectField } from '../../components/Field.tsx'
import type { LiveMicrophone } from '../../hooks/use-live-microphone.ts'

const none = { value: '', label: 'No microphone' }

/** Another device in the middle of the talk: call and recording go on across the change. */
export function MicrophoneChoice({ microphone, isLost }: { microphone: LiveMicrophone; isLost: boolean }) {
  const { devices, deviceId, failure, choose } = microphone
  const options = devices.map((device) => ({ value: device.deviceId, label: device.label }))
  const isListed = options.some(({ value }) => value === deviceId)
  return (
    <div class="live__microphone">
      <SelectField
        label="Microphone"
        value={isListed ? deviceId : ''}
        onValue={(value) => value !== '' && void choose(value)}
        options={isListed ? options : [none, ...options]}
        hint="The talk goes on while you change it."
      />
      {/* Where there is none at all, that message has the place of the problems. */}
      {failure && !isLost && <FaultNotice message={microphoneRefused[failure]} />}
    </div>
  )
}
