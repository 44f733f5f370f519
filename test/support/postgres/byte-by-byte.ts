import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'

/** The same server behind a network that brings its answers byte by byte. @returns its URL */
export async function byteByByte(url: string): Promise<string> {
  const { port, hostname } = new URL(url)
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect(Number(port), hostname)
    client.pipe(upstream)
    let sent = Promise.resolve()
    upstream.on('data', (data) => {
      sent = sent.then(async () => {
        for (const byte of data) {
          client.write(Buffer.of(byte))
          await new Promise((turn) => setImmediate(turn))
        }
      })
    })
    for (const one of [client, upstream]) {
      one.on('error', () => undefined)
      one.on('close', () => [client, upstream].forEach((each) => void each.destroy()))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const slow = new URL(url)
  slow.port = String(address !== null && typeof address === 'object' ? address.port : 0)
  return slow.href
}
