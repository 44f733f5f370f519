import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { start } from '../support/programs/cli.ts'
import { firstLine } from '../support/programs/server.ts'
import { tmpDir } from '../support/tmp.ts'

const OWN = ['Host: localhost', 'Sec-Fetch-Site: same-origin']
const FORM = [...OWN, 'Content-Type: application/x-www-form-urlencoded']
const LEFT: [string[], string][] = [
  [['POST /jobs/commands HTTP/1.1', ...FORM, 'Content-Length: 1000'], 'command=start'],
  [['POST /jobs/commands HTTP/1.1', ...FORM, 'Transfer-Encoding: chunked'], '5\r\ncomma\r\n'],
  [['POST /language HTTP/1.1', ...FORM, 'Transfer-Encoding: chunked'], '5\r\nlangu\r\n'],
  [['GET /jobs HTTP/1.1', ...OWN], ''],
  [['GET /jobs HTTP/1.1', ...OWN, 'Accept-Encoding: gzip'], ''],
]

test('who hangs up is no failure of the server', async () => {
  const args = ['serve', '--port', '0', '--workers', '0', '--json']
  const child = start(tmpDir(), args, { TALLYMAN_LOG_LEVEL: 'debug' })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  const { url }: { url: string } = JSON.parse(await firstLine(child.stdout))
  const requests = () => said.match(/"method":/g)?.length ?? 0
  for (const [at, [lines, body]] of LEFT.entries()) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
    // A probe behind it on the same thread is answered when the request has been met.
    await (await fetch(new URL('/healthz', url))).text()
    socket.resetAndDestroy()
    while (requests() < 2 * (at + 1)) await pause(5)
  }
  child.kill('SIGTERM')
  await text(child.stdout)
  const lines = said.trimEnd().split('\n')
  expect(lines.filter((line) => /"level":[456]0|"status":5/.test(line))).toEqual([])
})
