import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { noCounters, type Counters } from '../../../src/domain/jobs/counters.ts'
import { reconcileRuleOf, type Action } from '../../../src/domain/reconcile/decide.ts'
import type { Row, Value, WritePlan } from '../../../src/domain/records/record.ts'
import type { TableInfo } from '../../../src/domain/records/table.ts'
import { DOUBLES, DUPLICATES, OPERATIONS } from '../../../src/domain/specification/specification.ts'
import { aChance, type Chance } from '../../support/faults/chance.ts'
import { modelImport, type Person } from '../../support/pipeline/import-model.ts'

const FIELDS = ['id', 'name', 'age', 'note']

type Fields = [id: string, name: string, age: string, note: string]

const IDS = ['1', '2', '3', '4', '5'] as const

/** Five ids for up to twelve lines: most are there twice, and some in the table. */
function aCase(chance: Chance) {
  const one = <Each>(all: readonly [Each, ...Each[]]): Each =>
    all[chance.below(all.length)] ?? all[0]
  const idsThere = IDS.filter(() => chance.below(2) === 0)
  const existing = idsThere.map((id): Person => ({
    id: Number(id),
    name: one(['Ana', 'Bo']),
    age: one([null, 1, 2]),
    note: one([null, 'a', 'b']),
  }))
  const lines = Array.from({ length: 1 + chance.below(12) }, (): Fields => [
    chance.below(9) === 0 ? '' : one(IDS),
    one(['Ana', 'Öl', 'Bo', '']),
    one(['1', '2', '', '-1']),
    one(['', 'a', 'b']),
  ])
  const asked = {
    operation: one(OPERATIONS),
    doubles: one(DOUBLES),
    duplicates: one(DUPLICATES),
  }
  return { existing, lines, ...asked }
}

/** A table in memory, for which the rule decides: the least that a driver has to be. */
function driverOf(existing: Person[], plan: WritePlan) {
  const rule = reconcileRuleOf(plan)
  const rows = new Map(existing.map((person) => [String(person.id), rowOf(person)]))
  const remembered = new Set<string>()
  const keyOf = (values: Row['values']) => String(values[0])

  /** Whether the table takes it: a name has to be there, and nobody is younger than 0. */
  const take = ({ kind, values }: Action): boolean => {
    const [, name, age] = values
    if (kind !== 'deleted' && ((name ?? null) === null || Number(age ?? 0) < 0)) return false
    if (kind === 'deleted') rows.delete(keyOf(values))
    else rows.set(keyOf(values), values.map(stored))
    return true
  }
  return {
    rows,
    apply(row: Row): { kind: string; counts?: string | null } {
      const key = rule.keyOf(row)
      const text = typeof key === 'object' ? keyOf(key.values) : ''
      const known = { found: rows.get(text), seen: remembered.has(text) }
      const decision = rule.decide(row, key, known)
      const isTaken = 'outcome' in decision || take(decision.action)
      if (isTaken || plan.doubles !== 'update') {
        for (const values of decision.remembered) remembered.add(keyOf(values))
      }
      if ('outcome' in decision) return decision.outcome
      return isTaken ? decision.action : { kind: 'rejected', counts: null }
    },
  }
}

/** Whole numbers come back as other ones than they were given. */
function stored(value: Value | undefined): Value {
  return typeof value === 'number' ? BigInt(value) : (value ?? null)
}

function rowOf({ id, name, age, note }: Person): Value[] {
  return [id, name, age, note].map(stored)
}

function recordOf([id, name, age, note]: Fields, at: number): Row {
  const number = (text: string) => (text === '' ? undefined : Number(text))
  const values = [number(id), name || undefined, number(age), note || undefined]
  return { record: at + 1, values, source: { line: at + 2, offset: 0, raw: '', attempt: 'first' } }
}

function count(counters: Counters, { kind, counts }: { kind: string; counts?: string | null }) {
  const isDouble = kind === 'double' || counts === 'double'
  const isDuplicate = kind === 'duplicate' || counts === 'duplicate'
  counters.processed++
  if (isDouble) counters.doubles++
  if (isDuplicate) counters.duplicates++
  if (kind === 'rejected') counters.rejects++
  else if (isDouble || isDuplicate || kind === 'ignored') counters.ignored++
  else counters.success++
  if (isChange(kind)) counters[kind]++
}

const CHANGES = ['inserted', 'updated', 'unchanged', 'deleted', 'reconciled'] as const
type Change = (typeof CHANGES)[number]

function isChange(kind: string): kind is Change {
  return CHANGES.some((one) => one === kind)
}

/** The table of the persons, without what tells databases apart. */
const PERSON: TableInfo = {
  name: 'person',
  isView: false,
  isOrdered: false,
  isVirtual: false,
  columns: FIELDS.map((name) => ({
    name,
    type: 'any',
    conversion: 'blob',
    declared: '',
    nullable: name !== 'name',
    defaultSql: null,
    maxLength: null,
    generated: false,
  })),
  primaryKey: ['id'],
  unique: [['id']],
  indexes: [['id']],
}
const PLAN = { jobId: 1, table: PERSON, fields: FIELDS, options: [], key: ['id'], secondKey: [] }

/** As many of them as a model test of the whole import could not afford. */
const CASES = 100_000

test('the rule alone, before a table in memory, comes to what a naive model comes to', () => {
  const chance = aChance('decide')
  for (let tried = 0; tried < CASES; tried++) {
    const given = aCase(chance)
    const { existing, lines, ...asked } = given
    const driver = driverOf(existing, { ...PLAN, ...asked })
    const counters = noCounters()
    for (const [at, fields] of lines.entries()) count(counters, driver.apply(recordOf(fields, at)))

    const records = lines.map((fields) => ({ fields }))
    const file = { lines: records, delimiter: ',', isReversed: false }
    const model = modelImport(existing, [file], asked)
    const rows = [...driver.rows.values()].sort((a, b) => Number(a[0]) - Number(b[0]))
    // Each record that is rejected here has one fault.
    const found = [{ ...counters, errors: counters.rejects }, rows]
    const expected = [model.counters, model.people.map(rowOf)]
    if (!isDeepStrictEqual(found, expected)) expect(found, JSON.stringify(given)).toEqual(expected)
  }
})
