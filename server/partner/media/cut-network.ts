/**
 * For tests of clients: takes a connection's sockets from under the library, so that it falls silent as by a pulled cable.
 * Source: Linux proc(5), /proc/self/net/udp and /proc/self/fd; elsewhere nothing is cut.
 */
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Cuts the UDP sockets that this process has bound to the ports of these local candidates. */
export function cutNetwork(localDescription: string) {
  const ports = new Set(
    [...localDescription.matchAll(/^a=candidate:\S+ \d+ udp \d+ \S+ (\d+)/gim)].map((match) => Number(match[1])),
  )
  const links = new Set(
    [...readLines('/proc/self/net/udp'), ...readLines('/proc/self/net/udp6')].flatMap((line) => {
      const fields = line.trim().split(/\s+/)
      return ports.has(Number.parseInt(fields[1]?.split(':')[1] ?? '', 16)) ? [`socket:[${fields[9]}]`] : []
    }),
  )
  for (const descriptor of listDescriptors()) {
    if (!links.has(linkOf(descriptor))) continue
    closeSync(descriptor)
    // Something harmless takes its number: the library will close it in its own time.
    fillDescriptor(descriptor)
  }
}

function fillDescriptor(wanted: number) {
  const others: number[] = []
  for (let opened = -1; opened !== wanted && others.length < 64;) {
    opened = openSync('/dev/null', 'r')
    if (opened !== wanted) others.push(opened)
  }
  for (const other of others) closeSync(other)
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(1)
  } catch {
    return []
  }
}

function listDescriptors(): number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number)
  } catch {
    return []
  }
}

function linkOf(descriptor: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    return ''
  }
}
