import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store, Trx } from '../../src/db/store.ts'
import type { RecordOutcome, Row } from '../../src/domain/records/record.ts'
import { UnusableError } from '../../src/domain/words/errors.ts'
import { rounds } from '../support/faults/chance.ts'
import { holdInManyCases } from '../support/faults/many-cases.ts'
import { randomTable, type RandomTable } from '../support/pipeline/random-tables.ts'
import { contentOf, tried } from '../support/jobs/tried-import.ts'

const HOURS = 60 * 60_000

type Warned = Extract<RecordOutcome, { warnings?: unknown }>
type Change = { outcome: RecordOutcome; row: Row; before: Content; after: Content }
type Content = { rows: Record<string, unknown>[]; log: unknown[] }

/** By how many rows an outcome says that the table grew. */
function told(outcome: RecordOutcome): number {
  const own = { inserted: 1, deleted: -1 }
  const beside = warningsOf(outcome, 'TLY-3015').reduce(
    (sum, { message }) =>
      sum + Number(message.params['inserted']) - Number(message.params['deleted']),
    0,
  )
  return (
    beside + (outcome.kind === 'inserted' || outcome.kind === 'deleted' ? own[outcome.kind] : 0)
  )
}

function warningsOf(outcome: RecordOutcome, code?: string): NonNullable<Warned['warnings']> {
  const { warnings = [] } = 'warnings' in outcome ? outcome : {}
  return warnings.filter(({ message }) => code === undefined || message.code === code)
}

async function content(trx: Trx): Promise<Content> {
  return { rows: await contentOf(trx, 't'), log: await contentOf(trx, 'log') }
}

/** What a record that was not taken must leave as it was, and all that others must. */
function expectHonest({ outcome, before, after }: Change): void {
  expect(after.rows.length - before.rows.length).toBe(told(outcome))
  const codes = warningsOf(outcome).map(({ message }) => message.code)
  const swallowedByTrigger = codes.includes('TLY-3013')
  const isDone = ['inserted', 'updated', 'deleted'].includes(outcome.kind)
  if (!isDone && !swallowedByTrigger) expect(after).toEqual(before)
  if (codes.includes('TLY-3015')) return

  // All rows but the record's own are as they were.
  const texts = after.rows.map((row) => JSON.stringify(row))
  const gone = before.rows.map((row) => JSON.stringify(row)).filter((row) => !take(texts, row))
  expect([gone.length, texts.length].every((count) => count <= 1)).toBe(true)
  if (outcome.kind === 'inserted') expect([gone.length, texts.length]).toEqual([0, 1])
  if (outcome.kind === 'deleted') expect([gone.length, texts.length]).toEqual([1, 0])
}

function take(texts: string[], text: string): boolean {
  const at = texts.indexOf(text)
  if (at >= 0) texts.splice(at, 1)
  return at >= 0
}

/** A record that went in is there as it was given, or it is told what is otherwise. */
async function expectThere(trx: Trx, { outcome, row }: Change, random: RandomTable): Promise<void> {
  const { fields, plan, options } = random
  const [id = null] = row.values
  const isMoved = warningsOf(outcome).some(({ field }) => field === 'id')
  if (plan.key.length === 0 || id === null || isMoved) return
  const { rows } = await sql<Record<string, unknown>>`select * from t where id = ${id}`.execute(trx)
  if (outcome.kind === 'deleted') expect(rows).toEqual([])
  if (outcome.kind !== 'inserted' && outcome.kind !== 'updated') return

  const isKept = outcome.kind === 'updated' && (options.onlyOnInsert || options.onlyIfEmpty)
  const given = fields.flatMap((field, at) => {
    const value = row.values[at] ?? undefined
    const isWarned = warningsOf(outcome).some((warning) => warning.field === field)
    return value === undefined || isWarned || isKept ? [] : [[field, value]]
  })
  // A trigger may have put another one beside it.
  expect(rows).toContainEqual(expect.objectContaining(Object.fromEntries(given)))
}

/** What a record does not bring stays, unless a trigger changes it. */
function expectLeftAlone({ outcome, row, before, after }: Change, random: RandomTable): void {
  const hasTriggers = random.schema.some((statement) => statement.startsWith('create trigger'))
  if (outcome.kind !== 'updated' || hasTriggers) return
  const left = random.fields.filter((_, at) => row.values[at] === undefined)
  const leftOf = ({ rows }: Content) =>
    rows.map((one) => JSON.stringify(left.map((field) => one[field]))).toSorted()
  expect(leftOf(after)).toEqual(leftOf(before))
}

/** Each record alone, and looked at. */
async function oneByOne(store: Store, random: RandomTable) {
  return await tried(store, random, async ({ trx, target, rows }) => {
    const outcomes: RecordOutcome[] = []
    let before = await content(trx)
    for (const row of rows) {
      const [outcome] = await target.apply(trx, [row])
      if (outcome === undefined) throw new Error('a record came to nothing')
      const after = await content(trx)
      const change = { outcome, row, before, after }
      expectHonest(change)
      expectLeftAlone(change, random)
      await expectThere(trx, change, random)
      outcomes.push(outcome)
      before = after
    }
    const { rows: left } = await sql`select name from sqlite_temp_master`.execute(trx)
    expect(left).toEqual([])
    return { outcomes, ...before }
  })
}

async function inBatchesOf(size: number, store: Store, random: RandomTable) {
  return await tried(store, random, async ({ trx, target, rows }) => {
    const outcomes: RecordOutcome[] = []
    for (let at = 0; at < rows.length; at += size) {
      outcomes.push(...(await target.apply(trx, rows.slice(at, at + size))))
    }
    return { outcomes, ...(await content(trx)) }
  })
}

async function expectSameInAllSizes(store: Store, random: RandomTable, size: number) {
  const alone = await orRolledBack(oneByOne(store, random))
  expect(await orRolledBack(inBatchesOf(size, store, random))).toEqual(alone)
  expect(await orRolledBack(inBatchesOf(12, store, random))).toEqual(alone)
}

/** What a deletion's triggers write may meet with a clause that undoes all: then the job fails. */
async function orRolledBack<Made>(making: Promise<Made>): Promise<Made | 'rolled back'> {
  return await making.catch((error: unknown) => {
    if (error instanceof UnusableError && error.problem.problem === 'table_rolls_back') {
      return 'rolled back'
    }
    throw error
  })
}

test(
  'whatever the rules and triggers of a table do, the counters say what became of it, in batches of any size',
  () =>
    holdInManyCases(
      'rules of tables',
      rounds(200, 100_000),
      fc.tuple(randomTable, fc.integer({ min: 2, max: 11 })),
      (store, [random, size]) => expectSameInAllSizes(store, random, size),
    ),
  10 * HOURS,
)
