import { adviseOn, type Fault, isFault } from '@parley/client'
import { useTopicsQuery } from '@parley/client/hooks'
import { useState } from 'react'
import { useStartTalkMutation } from './parley/hooks.js'

export function StartTalk() {
  const topics = useTopicsQuery({ variables: { first: 1 } }).data?.topics.edges ?? []
  const [startTalk] = useStartTalkMutation()
  const [message, setMessage] = useState('')

  const start = async (topicId: string): Promise<void> => {
    const input = { requestId: crypto.randomUUID(), activity: { conversation: { topicId } } }
    const result = (await startTalk({ variables: { input } })).data?.startSession
    if (!result) setMessage('There was no answer.')
    else if (isFault(result)) setMessage(toWords(result))
    else setMessage(`${result.session.title} has begun.`)
  }

  return (
    <section>
      {topics.map(({ node }) => (
        <button key={node.id} onClick={() => void start(node.id)}>
          Start
        </button>
      ))}
      <p>{message}</p>
    </section>
  )
}

function toWords(fault: Fault): string {
  const advice = adviseOn(fault)
  switch (advice.todo) {
    case 'get-access':
      return 'Your access token may not start talks: take one with the scope SESSIONS_WRITE.'
    case 'wait':
      return `${fault.message} You can go on ${advice.until?.toLocaleString() ?? 'when another has ended'}.`
    default:
      return fault.message
  }
}
