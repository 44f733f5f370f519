import { isUtf8 } from 'node:buffer'
import { isIPv6, type BlockList } from 'node:net'
import type { Context } from 'hono'
import { incomingOf, type AppEnv, type HttpSettings } from './env.ts'

export type Caller = {
  /** The address that the request came from: a proxy's, where there is one. */
  from: string | undefined
  /** For whom a proxy asks that is believed. */
  forwardedFor: string | undefined
  operator: string
}
export type CallerSettings = Pick<HttpSettings, 'operator' | 'operatorHeader' | 'trustedProxies'>

/** Headers say who asks only where a proxy sets them: anybody else can write what he likes. */
export function callerOf(c: Context<AppEnv>, settings: CallerSettings): Caller {
  const from = incomingOf(c)?.socket.remoteAddress
  const isTrusted = isAmong(settings.trustedProxies, from)
  return {
    from,
    forwardedFor: isTrusted ? forwardedFor(c, settings.trustedProxies) : undefined,
    operator: operatorOf(c, settings),
  }
}

/** The operator alone, which every request is asked for: the address only where a header names one. */
export function operatorOf(c: Context<AppEnv>, settings: CallerSettings): string {
  const { operator, operatorHeader, trustedProxies } = settings
  const named = operatorHeader === null ? undefined : c.req.header(operatorHeader)?.trim()
  if (!named || !isAmong(trustedProxies, incomingOf(c)?.socket.remoteAddress)) return operator
  return decoded(named).slice(0, LONGEST).toWellFormed()
}

/** More of a header is no name. */
const LONGEST = 200

/** Each proxy adds whom it was asked by: what stands before the last one that is none is hearsay. */
function forwardedFor(c: Context<AppEnv>, proxies: BlockList): string | undefined {
  const addresses = c.req.header('x-forwarded-for')?.split(',') ?? []
  const last = addresses.map((one) => one.trim()).findLast((one) => !isAmong(proxies, one))
  return last?.slice(0, LONGEST)
}

export function isAmong(networks: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false
  return networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** To HTTP the bytes of a header are Latin-1; most proxies write a name as UTF-8 all the same. */
function decoded(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : header
}
