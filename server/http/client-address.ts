/** The network address of a client, through as many proxies as the installation trusts. */
import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'

/** Whether the `hop`th address from here, counted from 0, is one of our own proxies. */
export type Trust = (address: string, hop: number) => boolean

/** `true`: all; a number: how many proxies stand in front; else their addresses, with commas between. */
export function toTrust(trustProxy: boolean | number | string): Trust {
  if (typeof trustProxy === 'boolean') return () => trustProxy
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy
  return proxyAddress.compile(trustProxy.split(',').map((address) => address.trim()))
}

/** As Fastify has it for its own requests. */
export function toClientAddress(request: IncomingMessage, trust: Trust): string {
  return proxyAddress(request, trust)
}
