/** Sends a recording to the store, and tells how far it has come. */
import { ApiFault } from './session-api.ts'

/** A way that swallows what is sent tells nobody: so long without a byte's progress, and it is begun anew. */
const stallMs = 45_000

export type Upload = (
  url: string,
  headers: Record<string, string>,
  bytes: ArrayBuffer,
  /** 0 to 1. */
  onShare?: (share: number) => void,
) => Promise<void>

/** By PUT. Any refusal may pass (an address that expired, a store that is busy or full), and so is thrown as one to retry. */
export const uploadByPut: Upload = (url, headers, bytes, onShare) =>
  new Promise((resolve, reject) => {
    // `fetch` does not tell how much has been sent.
    const request = new XMLHttpRequest()
    let stall: ReturnType<typeof setTimeout> | undefined
    const watch = (): void => {
      clearTimeout(stall)
      stall = setTimeout(() => request.abort(), stallMs)
    }
    const fail = (): void => reject(new ApiFault('NETWORK', 'The upload was cut off.', { isRetryable: true }))
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      watch()
      if (total > 0) onShare?.(loaded / total)
    })
    request.addEventListener('error', fail)
    request.addEventListener('abort', fail)
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return resolve()
      const message = `The store did not take the recording (${request.status}).`
      reject(new ApiFault('STORAGE_UNAVAILABLE', message, { isRetryable: true }))
    })
    request.addEventListener('loadend', () => clearTimeout(stall))
    request.open('PUT', new URL(url, location.href))
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    watch()
    request.send(bytes)
  })
