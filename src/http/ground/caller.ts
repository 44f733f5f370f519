import { isUtf8 } from 'node:buffer'
import { isIPv6, type BlockList } from 'node:net'
import type { Context } from 'hono'
import { incomingOf, type AppEnv, type HttpSettings } from './env.ts'

export type Caller = {
  /** IP address of the connection: the proxy's, where there is one. */
  from: string | undefined
  /** Client address that a trusted proxy reports. */
  forwardedFor: string | undefined
  operator: string
}
export type CallerSettings = Pick<HttpSettings, 'operator' | 'operatorHeader' | 'trustedProxies'>

/** Client headers count only from a trusted proxy: anybody else can forge them. */
export function callerOf(c: Context<AppEnv>, settings: CallerSettings): Caller {
  const from = incomingOf(c)?.socket.remoteAddress
  const isTrusted = isAmong(settings.trustedProxies, from)
  return {
    from,
    forwardedFor: isTrusted ? forwardedFor(c, settings.trustedProxies) : undefined,
    operator: operatorOf(c, settings),
  }
}

/** Only the operator, for every request; reads the address only where a header is sent. */
export function operatorOf(c: Context<AppEnv>, settings: CallerSettings): string {
  const { operator, operatorHeader, trustedProxies } = settings
  const named = operatorHeader === null ? undefined : c.req.header(operatorHeader)?.trim()
  if (!named || !isAmong(trustedProxies, incomingOf(c)?.socket.remoteAddress)) return operator
  return decoded(named).slice(0, LONGEST).toWellFormed()
}

/** Maximum length of a header value, in characters. */
const LONGEST = 200

/** Each proxy appends its client's address: entries before the last untrusted one can be forged. */
function forwardedFor(c: Context<AppEnv>, proxies: BlockList): string | undefined {
  const addresses = c.req.header('x-forwarded-for')?.split(',') ?? []
  const last = addresses.map((one) => one.trim()).findLast((one) => !isAmong(proxies, one))
  return last?.slice(0, LONGEST)
}

export function isAmong(networks: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false
  return networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** HTTP header bytes are Latin-1, but most proxies send names in UTF-8. */
function decoded(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : header
}
