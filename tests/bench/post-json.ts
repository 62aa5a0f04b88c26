import http from 'node:http'

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 })

/** A POST on a connection that is kept; gives the answer's text. Lighter than fetch, so that less of the figures is our own. */
export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  const content = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(content)
    const request = http.request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': length, ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      },
    )
    request.on('error', reject)
    request.end(content)
  })
}

export function closeConnections(): void {
  agent.destroy()
}
