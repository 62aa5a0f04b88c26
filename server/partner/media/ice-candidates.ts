/** Chooses which addresses an answer offers. Source: RFC 8839, section 5.1 (candidate attribute). */

const CANDIDATE = /^a=candidate:(\S+) (\d+) (\S+) (\d+) (\S+) (\d+) typ host/

/**
 * Keeps the candidates of the listed addresses; an empty list keeps all. A listed address that no interface has (a public one
 * that a router maps here, port for port) is offered in the place of the first gathered UDP candidate of its kind.
 */
export function offerAddresses(sdp: string, addresses: readonly string[]): string {
  if (addresses.length === 0) return sdp
  const lines = sdp.split('\r\n')
  const gathered = lines.filter((line) => CANDIDATE.test(line))
  const known = new Set(gathered.map(addressOf))
  const mapped = addresses
    .filter((address) => !known.has(address))
    .flatMap((address) => mappedCandidate(gathered, address))
  const first = lines.findIndex((line) => CANDIDATE.test(line))
  return lines
    .flatMap((line, index) => {
      const kept = line.startsWith('a=candidate:') && !addresses.includes(addressOf(line) ?? '') ? [] : [line]
      return index === first ? [...kept, ...mapped] : kept
    })
    .join('\r\n')
}

function addressOf(line: string): string | undefined {
  return CANDIDATE.exec(line)?.[5]
}

function mappedCandidate(gathered: readonly string[], address: string): string[] {
  const isSixth = address.includes(':')
  const source = gathered.find((line) => {
    const own = addressOf(line) ?? ''
    return own.includes(':') === isSixth && !own.startsWith('127.') && own !== '::1' && / udp /i.test(line)
  })
  const own = source && addressOf(source)
  return source && own ? [source.replace(` ${own} `, ` ${address} `)] : []
}
