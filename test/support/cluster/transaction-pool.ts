import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

const SSL_REQUEST = 80_877_103
const READY = 'Z'
const IDLE = 'I'.charCodeAt(0)

/**
 * A pool that gives each transaction another session of the server, as PgBouncer does with
 * `pool_mode = transaction`: enough of it for whoever lets in everybody.
 */
export async function transactionPool(to: string): Promise<{ url: string; stop(): void }> {
  const target = new URL(to)
  const free: Socket[] = []
  const all = new Set<Socket>()
  const follow = (socket: Socket) => all.add(socket.on('error', () => undefined))

  /** Messages of a server, whole. @param act with the type of each, and its bytes */
  const messagesOf = (server: Socket, act: (type: string, bytes: Buffer) => void) => {
    let rest = Buffer.alloc(0)
    server.removeAllListeners('data').on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes])
      while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
        const whole = rest.subarray(0, 1 + rest.readInt32BE(1))
        rest = rest.subarray(whole.length)
        act(String.fromCharCode(whole[0] ?? 0), whole)
      }
    })
  }
  const take = async (startup: Buffer): Promise<Socket> => {
    const known = free.pop()
    if (known !== undefined) return known
    const server = connect(Number(target.port), target.hostname)
    follow(server)
    await once(server, 'connect')
    server.write(startup)
    await new Promise<void>((resolve) => {
      messagesOf(server, (type) => void (type === READY && resolve()))
    })
    return server
  }
  const pool = createServer((client) => {
    follow(client)
    let startup: Buffer | undefined
    let server: Promise<Socket> | undefined
    client.on('data', (bytes: Buffer) => {
      if (startup === undefined && bytes.readInt32BE(4) === SSL_REQUEST) {
        client.write('N')
      } else if (startup === undefined) {
        startup = bytes
        client.write(
          Buffer.concat([message('R', [0]), message('K', [randomInt(2 ** 30), 1]), READY_IDLE]),
        )
      } else {
        server ??= take(startup)
        void server.then((socket) => {
          messagesOf(socket, (type, answer) => {
            client.write(answer)
            if (type !== READY || answer[5] !== IDLE) return
            free.push(socket)
            server = undefined
          })
          socket.write(bytes)
        })
      }
    })
  })
  pool.listen(0, '127.0.0.1')
  await once(pool, 'listening')
  const address = pool.address()
  if (address === null || typeof address === 'string') throw new Error('a socket without a port')
  const url = new URL(to)
  url.port = String(address.port)
  return {
    url: url.href,
    stop() {
      for (const socket of all) socket.destroy()
      pool.close()
    },
  }
}

const READY_IDLE = Buffer.from([READY.charCodeAt(0), 0, 0, 0, 5, IDLE])

function message(type: string, numbers: number[]): Buffer {
  const bytes = Buffer.alloc(5 + numbers.length * 4)
  bytes.write(type)
  bytes.writeInt32BE(bytes.length - 1, 1)
  numbers.forEach((number, at) => bytes.writeInt32BE(number, 5 + at * 4))
  return bytes
}
