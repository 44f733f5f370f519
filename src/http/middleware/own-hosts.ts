import { hostname } from 'node:os'
import type { Context, MiddlewareHandler } from 'hono'
import type { Problem } from '../../domain/words/problems.ts'
import { problemText } from '../../i18n/catalogue.ts'
import { incomingOf, type AppDeps, type AppEnv } from '../ground/env.ts'
import { languageOf } from '../ground/language.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Answers only who asks for a host that is this server's. To a browser, a page of another site whose
 * name was made to lead here (DNS rebinding) is of this server: it could read and do everything.
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
    // The target of a request may name a host as well, and then it is the one that counts.
    const foreign = [hostOf(c.req.url), ...hosts]
      .map((host) => host.toLowerCase())
      .find((host) => !isOwn(host, c))
    if (foreign === undefined) return next()
    log.warn({ host: foreign }, 'A host that is not ours was asked for; see TALLYMAN_HOSTS.')
    return Promise.resolve(refuse(c, 421, { problem: 'foreign_host', host: foreign }))
  }
  return middleware
}

/** Besides those of this machine alone, and besides the address that the request came to. */
function namesOf({ host, hosts, trustedOrigins }: AppDeps['settings']): Set<string> {
  const listened = isEverywhere(host) ? hostname() : bracketed(host)
  // A proxy may pass the host on as it was asked for.
  const behind = trustedOrigins.map((origin) => new URL(origin).hostname)
  return new Set([listened.toLowerCase(), ...hosts, ...behind])
}

export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** As a URL has it. */
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

/** The address of this machine that the request came to. */
function addressAsked(c: Context<AppEnv>): string | undefined {
  const address = incomingOf(c)?.socket.localAddress
  return address && bracketed(address.replace(/^::ffff:(?=\d+\.)/, ''))
}

/** @see RFC 9110, 15.5.20; RFC 9112, 3.2 */
function refuse(c: Context<AppEnv>, status: 400 | 421, problem: Problem) {
  c.header('Cache-Control', 'no-store')
  return c.text(`${problemText(languageOf(c), problem)}\n`, status)
}
