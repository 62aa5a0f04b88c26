/**
 * A page of the sample app, in a process of its own and a DOM without a browser: it tells what the page shows whenever that
 * changes, presses the buttons that it is told to, and loses an answer when told to.
 */
import { Window } from 'happy-dom'
import type { PageOrder } from './sample-project.ts'

const [, , entry, url, token] = process.argv
if (!entry || !url || !token) throw new Error('Say what to run, where the installation is, and with which token')

const window = new Window({ url })
window.document.body.innerHTML = '<div id="root"></div>'
window.sessionStorage.setItem('parley-token', token)
// React and the app find these as in a browser. Requests and sockets are Node's: no policy of a browser stands between.
Object.assign(globalThis, {
  window,
  document: window.document,
  location: window.location,
  sessionStorage: window.sessionStorage,
})

/** The next mutation arrives, and its answer does not. */
function loseAnswer(): void {
  const { fetch } = globalThis
  globalThis.fetch = async (address, request) => {
    const response = await fetch(address, request)
    if (typeof request?.body !== 'string' || !request.body.includes('"query":"mutation')) return response
    globalThis.fetch = fetch
    throw new TypeError('The line broke')
  }
}

const tell = (): unknown => process.send?.(window.document.body.textContent)
new window.MutationObserver(tell).observe(window.document.body, { childList: true, subtree: true, characterData: true })
process.on('message', (order: PageOrder) => {
  if ('lose' in order) return loseAnswer()
  const buttons = [...window.document.querySelectorAll('button')]
  buttons.find(({ textContent }) => textContent === order.press)?.click()
})
await import(entry)
