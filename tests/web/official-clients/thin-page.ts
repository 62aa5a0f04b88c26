/** A page with the thin client of the official SDK: signalling, microphone, tools and history are the application's own. */
import { OpenAIRealtimeWebRTC } from 'openai/realtime/webrtc'
import type { ConversationItem, RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { createLedger, type ClientPage, type Line } from './ledger.ts'

const ledger = createLedger()
const client = new OpenAIRealtimeWebRTC()
const lines = new Map<string, Line>()
const order: string[] = []

function place(itemId: string, previousItemId: string | null | undefined, role: string) {
  if (lines.has(itemId)) return
  lines.set(itemId, { role, text: '', status: 'in_progress' })
  order.splice(previousItemId ? order.indexOf(previousItemId) + 1 : 0, 0, itemId)
}

function change(itemId: string, changes: Partial<Line>) {
  const line = lines.get(itemId)
  if (line) Object.assign(line, changes)
}

function keepHistory(event: RealtimeServerEvent) {
  if (event.type === 'conversation.item.added') addLine(event.item, event.previous_item_id)
  if (event.type === 'conversation.item.input_audio_transcription.completed')
    change(event.item_id, { text: event.transcript })
  if (event.type === 'response.output_audio_transcript.done') change(event.item_id, { text: event.transcript })
  if (event.type === 'response.output_item.done')
    change(event.item.id ?? '', { status: ('status' in event.item && event.item.status) || 'completed' })
  if (event.type === 'conversation.item.truncated') change(event.item_id, { status: 'incomplete' })
}

function addLine(item: ConversationItem, previousItemId: string | null | undefined) {
  const id = item.id ?? ''
  place(id, previousItemId, item.type === 'message' ? item.role : item.type)
  if (item.type !== 'message' || item.role !== 'user') return
  change(id, { text: item.content.map((part) => part.text ?? '').join(' '), status: 'completed' })
}

function runTool(event: RealtimeServerEvent) {
  if (event.type !== 'response.done') return
  for (const item of event.response.output ?? []) {
    if (item.type !== 'function_call') continue
    ledger.showCards(JSON.parse(item.arguments))
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: item.call_id ?? '', output: 'shown' },
    })
    client.send({ type: 'response.create' })
  }
}

const page: ClientPage = {
  ledger,
  async connect(url, secret) {
    client.onEvent((event) => {
      ledger.take(event)
      keepHistory(event)
      runTool(event)
    })
    client.onConnectionEvent((event) => {
      if (event.type === 'error') ledger.errors.push(event.error.message)
    })
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of microphone.getTracks()) client.peerConnection.addTrack(track, microphone)
    client.peerConnection.ontrack = ({ streams: [stream] }) => {
      if (stream) void Object.assign(new Audio(), { srcObject: stream }).play()
    }
    await client.connect({
      exchangeSdp: async (body, { signal }) => {
        const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/sdp' }
        return (await fetch(url, { method: 'POST', headers, body, signal })).text()
      },
    })
  },
  begin: () => client.send({ type: 'response.create' }),
  type(text) {
    client.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    })
    client.send({ type: 'response.create' })
  },
  interrupt: () => client.send({ type: 'output_audio_buffer.clear' }),
  history: () =>
    order.flatMap((itemId) => {
      const line = lines.get(itemId)
      return line && (line.role === 'user' || line.role === 'assistant') ? [line] : []
    }),
  close: () => client.close(),
}

Object.assign(globalThis, { parleyTest: page })
