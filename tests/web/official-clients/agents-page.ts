/** A page with the official agents client, as its own guide has it: an agent with a tool, a session, its WebRTC transport. */
import { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime'
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { z } from 'zod'
import { createLedger, type ClientPage } from './ledger.ts'

const ledger = createLedger()
const offerReplies = tool({
  name: 'offer_replies',
  description: 'Offers the learner replies to read aloud.',
  parameters: z.object({ replies: z.array(z.looseObject({ id: z.string(), text: z.string() })) }),
  execute(args) {
    ledger.showCards(args)
    return 'shown'
  },
})
const agent = new RealtimeAgent({
  name: 'Partner',
  instructions: 'topic=a1-introductions; level=A1; pause=900; speed=1.4',
  tools: [offerReplies],
})

let session: RealtimeSession | null = null

const page: ClientPage = {
  ledger,
  async connect(url, secret) {
    const transport = new OpenAIRealtimeWebRTC({ baseUrl: url })
    transport.on('*', (event) => ledger.take(event as RealtimeServerEvent))
    session = new RealtimeSession(agent, {
      transport,
      tracingDisabled: true,
      config: {
        audio: { input: { transcription: { model: 'gpt-transcribe' }, turnDetection: { type: 'server_vad' } } },
      },
    })
    session.on('error', ({ error }) => ledger.errors.push(String(error)))
    await session.connect({ apiKey: secret })
  },
  begin: () => session?.transport.sendEvent({ type: 'response.create' }),
  type: (text) => session?.sendMessage(text),
  interrupt: () => session?.interrupt(),
  history: () =>
    (session?.history ?? []).flatMap((item) => {
      if (item.type !== 'message') return []
      const parts = item.content.map((part) =>
        'transcript' in part ? part.transcript : 'text' in part ? part.text : '',
      )
      const status = 'status' in item ? item.status : 'completed'
      return [{ role: item.role, text: parts.join(' '), status }]
    }),
  close: () => session?.close(),
}

Object.assign(globalThis, { parleyTest: page })
