import { isUtf8 } from 'node:buffer'
import { isIPv6, type BlockList } from 'node:net'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { incomingOf, type AppDeps, type AppEnv, type HttpSettings } from './env.ts'

export type Caller = {
  /** The address that the request came from: a proxy's, where there is one. */
  from: string | undefined
  /** For whom a proxy asks that is believed. */
  forwardedFor: string | undefined
  operator: string
}
type Settings = Pick<HttpSettings, 'operator' | 'operatorHeader' | 'trustedProxies'>

/** Headers say who asks only where a proxy sets them: anybody else can write what he likes. */
export function callerOf(c: Context<AppEnv>, settings: Settings): Caller {
  const { operator, operatorHeader, trustedProxies } = settings
  const from = incomingOf(c)?.socket.remoteAddress
  if (!isAmong(trustedProxies, from)) return { from, forwardedFor: undefined, operator }
  const named = operatorHeader === null ? undefined : c.req.header(operatorHeader)?.trim()
  return {
    from,
    forwardedFor: forwardedFor(c, trustedProxies),
    operator: named ? decoded(named).slice(0, LONGEST).toWellFormed() : operator,
  }
}

/** Says once that the operator's header comes from where it is not believed. */
export function tellOfForeignOperators({ settings, log }: Pick<AppDeps, 'settings' | 'log'>) {
  const { operatorHeader, trustedProxies } = settings
  let isTold = false
  return createMiddleware<AppEnv>(async (c, next) => {
    const from = incomingOf(c)?.socket.remoteAddress
    const isNamed = operatorHeader !== null && c.req.header(operatorHeader) !== undefined
    if (isNamed && !isTold && !isAmong(trustedProxies, from)) {
      isTold = true
      log.warn(
        { from, header: operatorHeader },
        'The header that names the operator is ignored from an address that TALLYMAN_TRUSTED_PROXIES does not name.',
      )
    }
    await next()
  })
}

/** More of a header is no name. */
const LONGEST = 200

/** Each proxy adds whom it was asked by: what stands before the last one that is none is hearsay. */
function forwardedFor(c: Context<AppEnv>, proxies: BlockList): string | undefined {
  const addresses = c.req.header('x-forwarded-for')?.split(',') ?? []
  const last = addresses.map((one) => one.trim()).findLast((one) => !isAmong(proxies, one))
  return last?.slice(0, LONGEST)
}

function isAmong(networks: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false
  return networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** To HTTP the bytes of a header are Latin-1; most proxies write a name as UTF-8 all the same. */
function decoded(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  return isUtf8(bytes) ? bytes.toString() : header
}
