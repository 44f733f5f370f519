import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { attachment, download } from '../../../src/http/downloads/download.ts'
import type { AppEnv } from '../../../src/http/ground/env.ts'
import { rejectsFileName } from '../../../src/http/downloads/rejects-file-name.ts'

const PIECE = Buffer.alloc(100_000, 'x')

/** A server that gives the bytes, as the console does. */
async function aServerOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const app = new Hono<AppEnv>().use(compress()).get('/', (c) => {
    c.set('requestId', 'r')
    return download(c, pino({ level: 'silent' }), { name: 'x.csv', type: 'text/csv', bytes })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}/`
}

test.each(['identity', 'gzip'])(
  'a download (%s) that fails on the way breaks, and is not taken for a whole one',
  async (encoding) => {
    async function* failing() {
      yield PIECE
      await Promise.resolve()
      throw new Error('the disk is gone')
    }
    const headers = { 'accept-encoding': encoding }
    const response = await fetch(await aServerOf(failing()), { headers })
    await expect(response.arrayBuffer()).rejects.toThrow('terminated')
  },
)

test('a download ends when its reader goes away', async () => {
  const ended = Promise.withResolvers<number>()
  async function* endless() {
    let pieces = 0
    try {
      for (;;) {
        pieces++
        yield await Promise.resolve(PIECE)
      }
    } finally {
      ended.resolve(pieces)
    }
  }
  const leaving = new AbortController()
  const response = await fetch(await aServerOf(endless()), { signal: leaving.signal })
  await response.body?.getReader().read()
  leaving.abort()
  // What was not read was not made: only what the sockets hold.
  expect(await ended.promise).toBeLessThan(1_000)
})

test.each([
  ['people.csv', `filename="people.csv"; filename*=UTF-8''people.csv`],
  ['año.csv', `filename="a_o.csv"; filename*=UTF-8''a%C3%B1o.csv`],
  [
    `a"b\r\nc/../d%41'(1).csv`,
    `filename="a_b__c_.._d_41'(1).csv"; filename*=UTF-8''a%22b__c_.._d%2541%27%281%29.csv`,
  ],
  ['txt\u202evsc.exe\ud800', `filename="txt_vsc.exe_"; filename*=UTF-8''txt_vsc.exe%EF%BF%BD`],
])('the name %j is told so that no reader takes it for another', (name, told) => {
  expect(attachment(name)).toBe(`attachment; ${told}`)
})

test.each([
  ['people.csv', 'people-rejects.csv'],
  ['people.csv.gz', 'people-rejects.csv'],
  ['people', 'people-rejects.csv'],
  ['.csv', '.csv-rejects.csv'],
  ['a.b.TSV', 'a.b-rejects.TSV'],
])('the rejects of %s are %s', (source, name) => {
  expect(rejectsFileName(source, { isSheet: false })).toBe(name)
})

test('the name of a file of rejects tells which they are, and whom it is for', () => {
  const chosen = { code: 'TLY-3001' } as const
  expect(rejectsFileName('a.txt', { ...chosen, isSheet: false })).toBe('a-rejects-TLY-3001.txt')
  expect(rejectsFileName('a.txt', { ...chosen, isSheet: true })).toBe(
    'a-rejects-TLY-3001-spreadsheet.csv',
  )
})
