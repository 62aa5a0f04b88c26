/** Makes what outlives every page, then draws the app. */
import { render } from 'preact'
import { connectParley } from '../client/connect.ts'
import { App } from './app.tsx'
import { createSessionApi } from './graphql/session-api.ts'
import { LiveSessionStore } from './live-session-store.ts'
import { AnswerSender } from './realtime/answer-sender.ts'
import { createMemoryOutbox } from './realtime/memory-outbox.ts'
import { openOutbox } from './realtime/outbox.ts'
import { remuxWhenNeeded } from './realtime/remux-when-needed.ts'
import { uploadByPut } from './realtime/upload.ts'
import { reloadWhenOutdated } from './reload-when-outdated.ts'
import './styles/index.css'

async function start(): Promise<void> {
  const connection = connectParley({ url: location.origin, devtools: import.meta.env.DEV })
  // A private window may keep no data: the page works all the same, for as long as it is open.
  const outbox = await openOutbox().catch(() => createMemoryOutbox())
  const api = createSessionApi(connection.client)
  const answers = new AnswerSender({ api, outbox, upload: uploadByPut, remux: remuxWhenNeeded })
  const services = { connection, outbox, api, answers, liveSession: new LiveSessionStore() }
  const root = document.getElementById('app')
  if (root) render(<App services={services} />, root)
}

reloadWhenOutdated({
  target: window,
  storage: sessionStorage,
  now: () => Date.now(),
  reload: () => location.reload(),
})
void start()
