import { hostname } from 'node:os'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Problem } from '../../domain/words/problems.ts'
import { problemText } from '../../i18n/catalogue.ts'
import { incomingOf, type AppDeps, type AppEnv } from './env.ts'
import { readLanguage } from './language.ts'
import { languageOf } from './ui-of.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Answers only who asks for a host that is this server's. To a browser, a page of another site whose
 * name was made to lead here (DNS rebinding) is of this server: it could read and do everything.
 */
export function answerOwnHosts({ settings, log }: Pick<AppDeps, 'settings' | 'log'>) {
  const names = namesOf(settings)
  const isOwn = (host: string, address: string | undefined) => {
    const name = withoutPort(host)
    return LOOPBACK.test(name) || names.has(name) || names.has(host) || name === address
  }
  return createMiddleware<AppEnv>(async (c, next) => {
    const named = hostHeaders(c)
    if (named.length > 1) return await refuse(c, 400, { problem: 'several_hosts' })
    // The target of a request may name a host as well, and then it is the one that counts.
    const hosts = [hostOf(c.req.url), ...named].map((host) => host.toLowerCase())
    const address = addressAsked(c)
    const foreign = hosts.find((host) => !isOwn(host, address))
    if (foreign === undefined) return await next()
    log.warn({ host: foreign }, 'A host that is not ours was asked for; see TALLYMAN_HOSTS.')
    return await refuse(c, 421, { problem: 'foreign_host', host: foreign })
  })
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
  const raw = incomingOf(c)?.rawHeaders ?? []
  return raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === 'host')
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
async function refuse(c: Context<AppEnv>, status: 400 | 421, problem: Problem) {
  await readLanguage(c, () => Promise.resolve())
  c.header('Cache-Control', 'no-store')
  return c.text(`${problemText(languageOf(c), problem)}\n`, status)
}
