import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { isOver } from '../../src/domain/states/status.ts'
import { parseImportSpecification } from '../../src/domain/specification/parse-specification.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { importJob } from '../../src/engine/jobs/new-job.ts'
import { iterateRejects } from '../../src/engine/rejects/reject-stream.ts'
import { aStore } from '../support/a-store.ts'
import { all } from '../support/all.ts'
import { NOON, OPERATOR } from '../support/jobs/a-job.ts'
import { until } from '../support/jobs/big-import.ts'
import { start } from '../support/programs/cli.ts'

/** What an expression does, by the kind that its record names, and what its reject says of that. */
const KINDS = {
  'a huge message': ['throw new Error(huge)', /^Error: H{193,200}$/],
  'a huge name': ['throw { name: huge, message: "short" }', /^H{40}: short$/],
  'a cause': ['throw new Error("short", { cause: secret })', /^Error: short$/],
  'several errors': ['throw new AggregateError([secret], "short")', /^AggregateError: short$/],
  'hostile getters': [
    `throw { get name() { throw new Error(secret) }, get message() { return secret },
             toString() { return secret }, toJSON() { return secret }, secret }`,
    /^an error without a message$/,
  ],
  'a proxy': [
    `throw new Proxy({}, { get() { return { toString() { return huge } } }, ownKeys() { throw secret } })`,
    /^H{40}: H{200}$/,
  ],
  'an object of its own': ['throw { secret, more: { secret } }', /^an error without a message$/],
  'an object with a message': ['throw { secret, message: "no such mail" }', /^no such mail$/],
  'an object whose message is one': [
    'throw { message: { secret, toString() { return huge } } }',
    /^H{200}$/,
  ],
  'a function': ['throw () => secret', /^\(\) => secret$/],
  'half a character': ['throw "x".repeat(199) + "\\u{1f600}"', /^x{199}.?$/],
  'a NUL': ['throw new Error("a\\0b")', /^Error: a.?b$/],
  'a very deep object': [
    'let deep = { secret }; for (let at = 0; at < 100000; at++) deep = { deep }; throw deep',
    /^an error without a message$/,
  ],
  'a text': ['throw huge', /^H{200}$/],
  'a symbol': ['throw Symbol("no mail")', /^Symbol\(no mail\)$/],
  'a number': ['throw 7', /^7$/],
  null: ['throw null', /^an error without a message$/],
  nothing: ['throw undefined', /^an error without a message$/],
  'an empty text': ['throw ""', /^an error without a message$/],
  'an object as its result': ['return { secret }', /^TypeError: the result is no text/],
  'too much memory': [
    'const all = []; for (;;) all.push(huge + all.length)',
    /^InternalError: out of memory$|^an error without/,
  ],
} as const

const CASES = Object.entries(KINDS).map(
  ([kind, [code]]) => `case ${JSON.stringify(kind)}: { ${code} }`,
)
const SOURCE = `(() => {
  const secret = record.mail
  const huge = 'H'.repeat(1000000) + secret
  switch (record.kind) { ${CASES.join('\n')} }
})()`

const RECORDS = Object.keys(KINDS).map(
  (kind, at) => `${at + 1},${kind},"eve-${at}@secret.example"\n`,
)

/** Runs it as `serve` does, with everything told that can be. */
async function ranBy(given: object) {
  const { folder, store } = await aStore()
  await sql`create table client (id integer primary key, mail text, note text)`.execute(store.db)
  const file = path.join(folder, 'clients.csv')
  writeFileSync(file, `id,kind,mail\n${RECORDS.join('')}`)
  const note = { from: { kind: 'expression', source: SOURCE } }
  const specification = parseImportSpecification({
    path: file,
    table: 'client',
    key: ['id'],
    trace: true,
    fields: { note, ...given },
  })
  const wanted = { ...importJob(specification, {}), status: 'start_pending' } as const
  const { id } = await createJob(store.db, wanted, { now: NOON, actor: OPERATOR })
  const env = { TALLYMAN_LOG_LEVEL: 'trace' }
  const server = start(folder, ['serve', '--port', '0', '--workers', '2', '--json'], env)
  const closed = once(server, 'close')
  const said: string[] = []
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (piece: Buffer) => said.push(piece.toString()))
  }
  const job = await until(store, id, ({ status }) => isOver(status))
  server.kill('SIGTERM')
  await closed
  expect(job).toMatchObject({ status: 'finished', counters: { rejects: RECORDS.length } })
  return {
    told: said.join(''),
    journal: await all(iterateJournal(store.db, id)),
    rejects: await all(iterateRejects(store.db, id)),
  }
}

describe('what an expression throws', () => {
  test('is told by nobody but its reject, which has its message, shortened', async () => {
    const { told, journal, rejects } = await ranBy({})
    expect(rejects.map(({ record, code, field }) => [record, code, field])).toEqual(
      RECORDS.map((_, at) => [at + 1, 'TLY-3043', 'note']),
    )
    for (const [at, [kind, [, message]]] of Object.entries(KINDS).entries()) {
      expect(rejects[at]?.params['detail'], kind).toMatch(message)
    }
    expect(told).toContain('"msg"')
    const elsewhere = [
      told,
      JSON.stringify(journal),
      JSON.stringify(rejects.map((one) => one.params)),
    ]
    for (const text of elsewhere) expect(text).not.toMatch(/secret\.example|H{201}/)
  })

  test('is told nowhere with the values of a sensitive field', async () => {
    const { told, journal, rejects } = await ranBy({ mail: { sensitive: true } })
    const raws = rejects.map(({ raw }) => raw.toString())
    const everywhere = [told, JSON.stringify(journal), JSON.stringify(rejects), ...raws]
    for (const text of everywhere) expect(text).not.toMatch(/secret\.example|H{20}/)
  })
})
