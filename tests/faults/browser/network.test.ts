/** Ways to the server that break, change, refuse or come back. */
import { describe } from 'vitest'
import { describeWithBrowser } from '../../support/browser-skip.ts'
import { closeDataChannel } from '../../support/faulty-microphone.ts'
import { faultCase, lasting, nothing, setScene } from './fault-case.ts'

const refused = { kind: 'answer', status: 503, body: 'the service is down' } as const

describe('2. and 3. network and secrets', () => {
  describeWithBrowser('faults of the network', () => {
    const scene = setScene()

    for (const seconds of [5, 30, 120]) {
      const name = `2. network gone for ${seconds} s, the learner talks on`
      const play: Parameters<typeof faultCase>[2] = async ({ stage, learner }) => {
        await learner.startTalk()
        await learner.answer()
        stage.cutNetwork()
        await Promise.all([lasting(seconds), learner.speak('I am still here, can you hear me?')])
        await learner.shoot(`network gone ${seconds} s`)
        stage.mendNetwork()
        const recoverySeconds = await learner.untilTalkGoesOn()
        await learner.answer()
        await learner.end()
        return { recoverySeconds, learnerDid: nothing }
      }
      faultCase(name, scene, play, 150_000 + seconds * 1_000)
    }

    faultCase('2. the sound alone stalls for 3 s', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      stage.media.cut()
      await lasting(3)
      stage.media.mend()
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('2. change of network', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      await learner.answer()
      stage.media.strand()
      stage.way.cut()
      stage.way.mend()
      await learner.untilCallIsMissed()
      await learner.shoot('change of network')
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.answer()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('2. a reply tapped into a call that has just died', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      await learner.answer()
      stage.media.strand()
      // The page does not know yet, and takes the tap.
      await learner.tapReply()
      await learner.untilCallIsMissed()
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('2. the data channel alone closes', scene, async ({ learner }) => {
      await learner.startTalk()
      await learner.answer()
      await closeDataChannel(learner.page)
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('2. offline at End, back after 20 s', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      await learner.answer()
      stage.cutNetwork()
      await learner.context.setOffline(true)
      await learner.pressEnd()
      await lasting(20)
      await learner.shoot('offline at End')
      await learner.context.setOffline(false)
      stage.mendNetwork()
      const recoverySeconds = await learner.untilSaved()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('3. fresh secrets refused twice, then given', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      await learner.answer()
      const met = stage.way.order(({ operation }) => operation === 'MintClientSecret', refused, 2)
      await closeDataChannel(learner.page)
      await met
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('3. a fresh secret that has expired on the way', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      await learner.answer()
      const expired = JSON.stringify({
        error: { code: 'UNAUTHENTICATED', message: 'It has expired.', retryable: false },
      })
      const met = stage.way.order(({ path }) => path.startsWith('/calls/'), {
        kind: 'answer',
        status: 401,
        body: expired,
      })
      await closeDataChannel(learner.page)
      await met
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('3. fresh secrets refused for good', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      await learner.answer()
      const met = stage.way.order(({ operation }) => operation === 'MintClientSecret', refused, 1_000)
      await closeDataChannel(learner.page)
      await met
      await learner.speak('Nobody hears me, but it is kept.')
      await learner.shoot('secrets refused for good')
      const recoverySeconds = await learner.end()
      return { recoverySeconds, learnerDid: 'pressed “End”' }
    })
  })
})
