import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { InvalidInputError } from '../domain/words/errors.ts'
import type { Problem } from '../domain/words/problems.ts'
import { bracketed, isEverywhere } from './middleware/own-hosts.ts'
import { ROUTES } from './routes.ts'

/** Longer than the minute of proxies' keep-alive, so that the proxy closes idle connections. */
const KEEP_ALIVE_MS = 65_000
/** Each route has its own limit too; before its headers are read, a request has no route. */
const REQUEST_MS = Math.max(...ROUTES.map(({ limits }) => limits.milliseconds))
/** How long requests in progress may take after shutdown begins, and to end once they are broken off. */
const CLOSING_MS = 3_000
const LOOK_MS = 20

export type Listening = {
  /** URL origin with the actual port. */
  origin: string
  /** Refuses new requests, and resolves when those in progress are answered or aborted. */
  close(): Promise<void>
}

type App = { fetch(request: Request): Response | Promise<Response> }
type Address = { host: string; port: number }

/** @throws InvalidInputError where the address can't be listened on */
export async function listen(app: App, address: Address): Promise<Listening> {
  // Health checks may still use HTTP/1.0, which has no Host header.
  const answer = getRequestListener(app.fetch, { hostname: 'localhost' })
  const answering = new Set<Promise<void>>()
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS },
    (incoming, outgoing) => {
      const answered = answer(incoming, outgoing).finally(() => answering.delete(answered))
      answering.add(answered)
    },
  )
  try {
    server.listen(address.port, address.host)
    await once(server, 'listening')
  } catch (error) {
    const problem = problemOf(error, address)
    throw problem === undefined ? error : new InvalidInputError(problem, { cause: error })
  }
  return {
    origin: originOf(server.address(), address.host),
    async close() {
      await close(server)
      // A request that was broken off still removes what it has stored so far.
      await Promise.race([Promise.allSettled(answering), pause(CLOSING_MS, null, { ref: false })])
    },
  }
}

function problemOf(error: unknown, { host, port }: Address): Problem | undefined {
  switch (error instanceof Error && 'code' in error && error.code) {
    case 'EADDRINUSE':
      return { problem: 'port_taken', host, port }
    case 'EACCES':
      return { problem: 'port_forbidden', port }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return { problem: 'no_host', host }
    default:
      return undefined
  }
}

/** A server bound to all addresses is reached here as `localhost`. */
function originOf(bound: AddressInfo | string | null, host: string): string {
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return `http://${isEverywhere(host) ? 'localhost' : bracketed(host)}:${port}`
}

/** Closes idle connections repeatedly: a polling browser's is idle only between two polls. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const patience = performance.now() + CLOSING_MS
  while (server.listening || (await connectionsOf(server)) > 0) {
    if (performance.now() > patience) server.closeAllConnections()
    else server.closeIdleConnections()
    await pause(LOOK_MS)
  }
  await closed
}

async function connectionsOf(server: Server): Promise<number> {
  return await new Promise((resolve) => {
    server.getConnections((_error, count) => resolve(count))
  })
}
