import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut: then no byte passes, and nobody is told. */
export type CuttableProxy = {
  /** The URL by that way. */
  url: string
  cut(): void
  /** What was held back passes, as after a network is there again. */
  restore(): void
  /** From now on it leads to another server, as an address of a cluster does after a failover. */
  leadTo(to: string): void
  stop(): Promise<void>
}

export async function cuttableProxy(to: string): Promise<CuttableProxy> {
  let target = new URL(to)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const [from, into] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        // A cut hides also that the other end is gone.
        if (!isCut) into.destroy()
      })
      from.pipe(into)
      if (isCut) from.pause()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a socket without a port')
  const url = new URL(to)
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  const each = (act: (socket: Socket) => void) => sockets.forEach(act)
  return {
    url: url.href,
    cut() {
      isCut = true
      each((socket) => socket.unpipe().pause())
    },
    restore() {
      isCut = false
      // Whoever is still there connects anew: the ends of a cut do not know of each other.
      each((socket) => socket.destroy())
    },
    leadTo: (other) => void (target = new URL(other)),
    async stop() {
      each((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}
