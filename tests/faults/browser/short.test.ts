/** The commonest faults: a short drop, the server killed, a tab killed. */
import { describeWithBrowser } from '../../support/browser-skip.ts'
import { faultCase, lasting, nothing, setScene } from './fault-case.ts'

describeWithBrowser('a conversation through the commonest faults', () => {
  const scene = setScene()

  faultCase('the network drops for 3 s', scene, async ({ stage, learner }) => {
    await learner.startTalk()
    stage.cutNetwork()
    await lasting(3)
    stage.mendNetwork()
    const recoverySeconds = await learner.untilTalkGoesOn()
    await learner.end()
    return { recoverySeconds, learnerDid: nothing }
  })

  faultCase('the server is killed in mid-conversation', scene, async ({ stage, learner }) => {
    await learner.startTalk()
    await learner.answer()
    await stage.killServer()
    await stage.startServer()
    const recoverySeconds = await learner.untilTalkGoesOn()
    await learner.end()
    return { recoverySeconds, learnerDid: nothing }
  })

  faultCase('the tab crashes', scene, async ({ learner }) => {
    await learner.startTalk()
    await learner.answer()
    await learner.crashTab()
    await learner.comeBack()
    await learner.shoot('tab crashed')
    const recoverySeconds = await learner.untilKeptIsSaved()
    return { recoverySeconds, learnerDid: 'came back', isCrash: true }
  })
})
