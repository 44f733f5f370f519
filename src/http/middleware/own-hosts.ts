import { hostname } from 'node:os'
import type { Context, MiddlewareHandler } from 'hono'
import type { Problem } from '../../domain/words/problems.ts'
import { problemText } from '../../i18n/catalogue.ts'
import { incomingOf, type AppDeps, type AppEnv } from '../ground/env.ts'
import { requestLanguage } from '../ground/language.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * DNS rebinding protection: answers only requests for one of this server's hosts. Otherwise a
 * foreign page whose name resolves to this server has the same origin: it could read and do
 * everything.
 */
export function answerOwnHosts({ settings, log }: Pick<AppDeps, 'settings' | 'log'>) {
  const names = namesOf(settings)
  const isOwn = (host: string, c: Context<AppEnv>) => {
    const name = withoutPort(host)
    return LOOPBACK.test(name) || names.has(name) || names.has(host) || name === addressAsked(c)
  }
  const middleware: MiddlewareHandler<AppEnv> = (c, next) => {
    const hosts = hostHeaders(c)
    if (hosts.length > 1) return Promise.resolve(refuse(c, 400, { problem: 'several_hosts' }))
    // The request target may also name a host, which then takes precedence.
    const foreign = [hostOf(c.req.url), ...hosts]
      .map((host) => host.toLowerCase())
      .find((host) => !isOwn(host, c))
    if (foreign === undefined) return next()
    log.warn({ host: foreign }, 'A host that is not ours was asked for; see TALLYMAN_HOSTS.')
    return Promise.resolve(refuse(c, 421, { problem: 'foreign_host', host: foreign }))
  }
  return middleware
}

/** Allowed hosts besides loopback names and the address that received the request. */
function namesOf({ host, hosts, trustedOrigins }: AppDeps['settings']): Set<string> {
  const listened = isEverywhere(host) ? hostname() : bracketed(host)
  // A proxy may pass on the original Host header.
  const behind = trustedOrigins.map((origin) => new URL(origin).hostname)
  return new Set([listened.toLowerCase(), ...hosts, ...behind])
}

export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** An address as in a URL, with brackets around IPv6. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function hostHeaders(c: Context<AppEnv>): string[] {
  const hosts: string[] = []
  const raw = incomingOf(c)?.rawHeaders ?? []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name, value] = [raw[at], raw[at + 1]]
    if (value !== undefined && name?.length === 4 && name.toLowerCase() === 'host')
      hosts.push(value)
  }
  return hosts
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? ''
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '')
}

/** The local address that received the request. */
function addressAsked(c: Context<AppEnv>): string | undefined {
  const address = incomingOf(c)?.socket.localAddress
  return address && bracketed(address.replace(/^::ffff:(?=\d+\.)/, ''))
}

/** @see RFC 9110, 15.5.20; RFC 9112, 3.2 */
function refuse(c: Context<AppEnv>, status: 400 | 421, problem: Problem) {
  c.header('Cache-Control', 'no-store')
  return c.text(`${problemText(requestLanguage(c), problem)}\n`, status)
}
