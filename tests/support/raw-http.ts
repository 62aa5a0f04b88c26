import { request } from 'node:http'

export interface RawResponse {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** An HTTP request whose headers are sent as they are given, lies included; `fetch` would correct them. */
export async function sendRaw(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body: Buffer = Buffer.alloc(0),
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    let isAnswered = false
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      isAnswered = true
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    // A server that refuses early may close while we still send: its answer counts.
    outgoing.on('error', (error) => {
      if (!isAnswered) reject(error)
    })
    outgoing.end(body)
  })
}
