import { adviseOn, type Fault, isFault } from '@parley/client'
import { useTopicsQuery } from '@parley/client/hooks'
import { useRef, useState } from 'react'
import { useStartTalkMutation } from './parley/hooks.js'

export function StartTalk() {
  const topics = useTopicsQuery({ variables: { first: 1 } }).data?.topics.edges ?? []
  const [startTalk] = useStartTalkMutation()
  const [message, setMessage] = useState('')
  const requestIds = useRef<Record<string, string>>({})

  const start = async (topicId: string): Promise<void> => {
    // Kept until an answer comes: asked for again with the same one, a talk whose answer was lost does not begin twice.
    const requestId = (requestIds.current[topicId] ??= crypto.randomUUID())
    try {
      const input = { requestId, activity: { conversation: { topicId } } }
      const result = (await startTalk({ variables: { input } })).data?.startSession
      if (!result) throw new Error('The answer was empty')
      delete requestIds.current[topicId]
      setMessage(isFault(result) ? toWords(result) : `${result.session.title} has begun.`)
    } catch {
      setMessage('There was no answer. Press again.')
    }
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
