import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readable } from '../../../src/cli/output/server-log.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { aStore } from '../../support/a-store.ts'
import { start } from '../../support/programs/cli.ts'
import { tallyman } from '../../support/programs/in-process.ts'
import { rawRequest } from '../../support/programs/raw-request.ts'
import { firstLine } from '../../support/programs/server.ts'

/** Clears a terminal, in seven bits and in eight, turns a line around, and begins another one. */
const HOSTILE = 'a\u001b[2J\u009b2J\u007f\u202eb\u2066c\u061c\u200fd\u2028e\nf'
/** What a line may be made of. */
const HARMLESS = /^[^\p{Cc}\p{Bidi_Control}\u2028\u2029]*$/u

test('--json escapes what a terminal would obey, and says the same', async () => {
  const { folder } = await aStore()
  writeFileSync(path.join(folder, 'x.csv'), `id,${JSON.stringify(HOSTILE)}\n1,"a"\u009b\u202e\n`)
  const args = ['import', 'x.csv', '--into', 't', '--create', '--label', HOSTILE, '--json']
  const calls = [args, ...['show', 'journal', 'rejects'].map((one) => ['jobs', one, '1', '--json'])]
  for (const call of calls) {
    const { out } = await tallyman(folder, call)
    const lines = out.trimEnd().split('\n')
    expect(lines.filter((line) => !HARMLESS.test(line))).toEqual([])
    for (const line of lines) JSON.parse(line)
  }
  const { out } = await tallyman(folder, ['jobs', 'show', '1', '--json'])
  expect(JSON.parse(out)).toMatchObject({ label: HOSTILE })
})

test('a line of the log of a server escapes it too, whoever it comes from', async () => {
  const { folder, store } = await aStore()
  writeFileSync(path.join(folder, 'x.csv'), 'id\n1\n')
  await tallyman(folder, [
    'import',
    'x.csv',
    '--into',
    't',
    '--create',
    '--key',
    'id',
    '--label',
    HOSTILE,
  ])
  const args = ['serve', '--port', '0', '--workers', '1', '--json']
  const env = { TALLYMAN_LOG_LEVEL: 'debug', TALLYMAN_OPERATOR_HEADER: 'x-user' }
  const child = start(folder, args, env)
  const said = text(child.stderr)
  const { url }: { url: string } = JSON.parse(await firstLine(child.stdout))
  // A header can hold neither C0 nor line ends; its bytes are taken as UTF-8.
  const operator = 'e\u009bv\u202ee'
  const own = ['Host: localhost', 'Sec-Fetch-Site: same-origin', `X-User: ${operator}`]
  const request = ['POST /jobs/1/run-again HTTP/1.1', ...own, 'X-Forwarded-For: \u009b1.2.3.4']
  const { status } = await rawRequest(new URL(url), request)
  expect(status).toBe(303)
  while ((await findJob(store.db, 2))?.status !== 'finished') await pause(5)
  child.kill('SIGTERM')

  const lines = (await said).trimEnd().split('\n')
  expect(lines.filter((line) => !HARMLESS.test(line))).toEqual([])
  const told = lines.map((line) => JSON.parse(line))
  expect(told).toContainEqual(expect.objectContaining({ path: '/jobs/1/run-again', operator }))
  // What a worker says of a job that it takes.
  const sentence = expect.stringContaining('Job 2')
  expect(told).toContainEqual(
    expect.objectContaining({ msg: sentence, worker: expect.any(Number) }),
  )
})

test('so does one for a terminal, where a value begins no line of its own', () => {
  const line = JSON.stringify({ level: 30, time: 0, msg: HOSTILE, operator: HOSTILE })
  const lines = readable(line).split('\n')
  expect(lines.filter((one) => !HARMLESS.test(one))).toEqual([])
  expect(lines).toHaveLength(1)
})
