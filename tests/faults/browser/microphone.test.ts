/** Microphones that are refused, missing, in use, pulled out, taken back or silent. */
import { describe } from 'vitest'
import { describeWithBrowser } from '../../support/browser-skip.ts'
import { type MicrophoneRefusal, refuseMicrophone, unplugMicrophone } from '../../support/faulty-microphone.ts'
import { pickTopic } from '../../support/learner-steps.ts'
import { faultCase, setScene } from './fault-case.ts'
import { type Learner, topicTitle } from './learner.ts'

describe('1. microphone', () => {
  describeWithBrowser('faults of the microphone', () => {
    const scene = setScene()

    const atTheCheck: [string, MicrophoneRefusal, RegExp][] = [
      ['denied', 'NotAllowedError', /microphone is blocked/i],
      ['absent', 'NotFoundError', /no microphone was found/i],
      ['in use', 'NotReadableError', /microphone is in use/i],
    ]
    for (const [what, refusal, message] of atTheCheck) {
      faultCase(`1. microphone ${what}, then there`, scene, async ({ learner }) => {
        await meetRefusal(learner, refusal, message)
        await refuseMicrophone(learner.page, null)
        const startedAtMs = Date.now()
        await learner.page.getByRole('button', { name: 'Try again' }).click()
        await learner.page.getByText('Say something: the bars should move.').waitFor()
        const recoverySeconds = (Date.now() - startedAtMs) / 1_000
        await learner.pressStart()
        await learner.untilAsked()
        await learner.answer()
        await learner.end()
        return { recoverySeconds, learnerDid: 'pressed “Try again”' }
      })
    }

    faultCase('1. microphone absent, and stays absent', scene, async ({ learner }) => {
      await meetRefusal(learner, 'NotFoundError', /no microphone was found/i)
      await learner.pressStart('Start without a microphone')
      await learner.untilAsked()
      await answerByTap(learner)
      await learner.end()
      return { recoverySeconds: null, learnerDid: 'pressed “Start without a microphone”, tapped the replies' }
    })

    faultCase('1. microphone unplugged, another one picked', scene, async ({ learner }) => {
      await learner.startTalk()
      await learner.answer()
      await unplugMicrophone(learner.page)
      await learner.seeMessage(/microphone is gone/i, 'microphone unplugged')
      const startedAtMs = Date.now()
      await learner.page.getByRole('button', { name: /^Use / }).click()
      await learner.page.getByText(/microphone is gone/i).waitFor({ state: 'detached' })
      const recoverySeconds = (Date.now() - startedAtMs) / 1_000
      await learner.answer()
      await learner.end()
      return { recoverySeconds, learnerDid: 'picked another microphone' }
    })

    faultCase('1. microphone taken back for good in mid-conversation', scene, async ({ learner }) => {
      await learner.startTalk()
      await learner.answer()
      await refuseMicrophone(learner.page, 'NotAllowedError')
      await unplugMicrophone(learner.page)
      await learner.seeMessage(/microphone is gone/i, 'microphone taken back')
      await answerByTap(learner)
      await learner.end()
      return { recoverySeconds: null, learnerDid: 'tapped the replies' }
    })

    faultCase('1. microphone silent', scene, async ({ learner }) => {
      await learner.goToCheck()
      await learner.page.getByText('Say something: the bars should move.').waitFor()
      await learner.seeMessage(/(hear|heard) nothing|cannot hear you|no sound/i, 'microphone silent', 20_000)
      await learner.pressStart()
      await learner.untilAsked()
      await answerByTap(learner)
      await learner.end()
      return { recoverySeconds: null, learnerDid: 'tapped the replies' }
    })
  })
})

async function meetRefusal(learner: Learner, refusal: MicrophoneRefusal, message: RegExp): Promise<void> {
  await learner.page.goto('/practise')
  await refuseMicrophone(learner.page, refusal)
  await pickTopic(learner.page, topicTitle)
  await learner.seeMessage(message, `microphone ${refusal}`)
}

async function answerByTap(learner: Learner): Promise<void> {
  const former = await learner.lastLine()
  await learner.tapReply()
  await learner.untilNextQuestion(former)
}
