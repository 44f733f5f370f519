import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** Sends the lines of a request as they are, with a body if there is one, and answers what comes back. */
export async function rawRequest(
  { origin }: { origin: string },
  lines: string[],
  body = '',
): Promise<{ status: number; head: string; body: string }> {
  const { port, hostname } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  socket.write(`${[...lines, ...length, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
  const answer = await text(socket)
  const end = answer.indexOf('\r\n\r\n')
  const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? []
  return { status: Number(status), head: answer.slice(0, end), body: answer.slice(end + 4) }
}
