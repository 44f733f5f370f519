import fc from 'fast-check'
import { DOUBLES, DUPLICATES, OPERATIONS } from '../../../src/domain/specification/specification.ts'
import type { WritePlan } from '../../../src/domain/records/record.ts'

/** A table `t` with rules of all kinds, what lies in it, and records for it. */
export type RandomTable = {
  /** Statements that make it, and a table `log` that its triggers write to. */
  schema: string[]
  /** Whether triggers fire themselves. */
  isRecursive: boolean
  plan: Pick<WritePlan, 'key' | 'secondKey' | 'operation' | 'doubles' | 'duplicates'>
  options: WritePlan['options'][number]
  fields: string[]
  isIdText: boolean
  rows: RandomRecord[]
  records: RandomRecord[]
}

/** Values of id, a, b and boss; undefined brings nothing. */
export type RandomRecord = [
  id: number,
  a: string | undefined,
  b: number | undefined,
  boss: number | undefined,
]

/** Columns that bring nothing but width: the wider a table, the fewer records make a group. */
const WIDTH = 22

const clause = fc.constantFrom(
  '',
  ...['abort', 'fail', 'ignore', 'replace', 'rollback'].map((how) => `on conflict ${how}`),
)
const sometimes = (arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary })
const after = (text: string) => clause.map((how) => `${text} ${how}`)

const columns = fc.record({
  id: fc.oneof(
    clause.map((how) => `id integer primary key ${how}`),
    clause.map((how) => `id integer not null primary key desc ${how}`),
    clause.map((how) => `id text primary key ${how}`),
    clause.map((how) => `id text collate nocase primary key ${how}`),
    clause.map((how) => `id integer unique ${how}`),
    fc.constantFrom('id integer', 'id text collate nocase'),
  ),
  a: fc
    .tuple(
      fc.constantFrom('', 'collate nocase', 'collate rtrim'),
      sometimes(after('unique')),
      sometimes(after(`not null`)),
      sometimes(fc.constant(`default 'none'`)),
    )
    .map((parts) => `a text ${parts.join(' ')}`),
  b: fc
    .tuple(sometimes(fc.constant('check (b < 3)')), sometimes(after('unique')))
    .map((parts) => `b integer ${parts.join(' ')}`),
  boss: sometimes(
    fc
      .tuple(
        fc.constantFrom('cascade', 'set null', 'set default', 'no action'),
        fc.constantFrom('cascade', 'set null', 'no action'),
      )
      .map(([gone, moved]) => `references t (id) on delete ${gone} on update ${moved}`),
  ),
  generated: sometimes(fc.constantFrom(`g text as (upper(a)) stored`, 'g integer as (b + 1)')),
  check: sometimes(after(`check (a <> 'Cy' or b is not 2)`)),
  ending: fc.constantFrom('', '', 'strict', 'without rowid', 'strict, without rowid'),
  more: sometimes(
    fc.constantFrom(
      'create unique index otherwise on t (id collate binary)',
      'create unique index some on t (b) where a is not null',
      'create unique index shown on t (lower(a))',
    ),
  ),
})

/** Each does something other than what a record asks for. */
const TRIGGERS = [
  `before insert on t when new.a = 'Bo' begin select raise(ignore); end`,
  `after insert on t when new.a = 'Bo' begin select raise(ignore); end`,
  `before update on t when new.b = 2 begin select raise(ignore); end`,
  `before delete on t when old.a = 'Ana' begin select raise(ignore); end`,
  `after insert on t when new.a <> upper(new.a) begin update t set a = upper(new.a) where id = new.id; end`,
  `after update on t begin update t set a = upper(new.a) where id = new.id; end`,
  `after update on t when new.a = 'Ana' begin update t set a = old.a, b = old.b where id = new.id; end`,
  `after insert on t when new.a = 'Ana' begin select raise(abort, 'no Ana'); end`,
  `after insert on t when new.b = 1 begin insert into log values (1); select raise(fail, 'no 1'); end`,
  `before update on t when old.b = 1 begin delete from t where id = old.id; end`,
  `after insert on t when new.a = 'Cy' begin delete from t where id = new.id; end`,
  `before insert on t begin delete from t where b = new.b; end`,
  `after delete on t begin insert into t (id, a) values (old.id, 'back'); end`,
  `after delete on t begin delete from t where b = old.b; end`,
  `before insert on t when new.b = 2 begin insert into t (id, a) values (new.id + 20, new.a); end`,
  `after insert on t begin update t set id = id + 40 where id = new.id and b = 2; end`,
  `after insert on t when new.id < 30 begin insert into t (id, b) values (new.id + 10, new.b); end`,
  `after insert on t when new.a = 'Ana' begin insert or replace into t (id, a, b) values (new.id, 'put', new.b); end`,
  `after insert on t when new.b is not null begin insert or replace into t (id, a, b) values (99, 'first', new.b); end`,
  `after insert on t begin insert or ignore into log values (new.b); end`,
  `after update on t begin update or replace t set b = new.b where id = new.id + 1; end`,
  `before insert on t begin insert into log values (new.a); end`,
  `after delete on log begin update t set a = 'seen' where id = 1; end`,
  `after update of a on t begin delete from log; end`,
]

const record: fc.Arbitrary<RandomRecord> = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom(undefined, 'Ana', 'ana', 'Bo', 'Cy', 'Cy '),
  fc.constantFrom(undefined, 1, 2, 3),
  fc.constantFrom(undefined, undefined, 1, 2),
)

export const randomTable: fc.Arbitrary<RandomTable> = fc
  .record({
    columns,
    triggers: fc.uniqueArray(fc.constantFrom(...TRIGGERS), { maxLength: 3 }),
    isRecursive: fc.boolean(),
    operation: fc.constantFrom(...OPERATIONS),
    doubles: fc.constantFrom(...DOUBLES),
    duplicates: fc.constantFrom('update', 'update', ...DUPLICATES),
    hasKey: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0),
    options: fc.record({
      emptyOverwrites: fc.boolean(),
      onlyIfEmpty: fc.constantFrom(false, false, true),
      onlyOnInsert: fc.constantFrom(false, false, true),
      onError: fc.constantFrom('reject', 'warn'),
    }),
    rows: fc.array(record, { maxLength: 9 }),
    records: fc.array(record, { minLength: 1, maxLength: 12 }),
  })
  .map(({ columns: given, triggers, operation, doubles, duplicates, hasKey, ...rest }) => {
    const hasNoKey = operation === 'insert' && !hasKey
    const plan = { key: hasNoKey ? [] : ['id'], secondKey: [], operation, duplicates }
    return {
      ...rest,
      schema: [...tablesOf(given), ...triggers.map((text, at) => `create trigger r${at} ${text}`)],
      plan: { ...plan, doubles: hasNoKey ? 'update' : doubles },
      fields: ['id', 'a', 'b', 'boss', ...widening()],
      isIdText: given.id.startsWith('id text'),
    }
  })

type Columns = typeof columns extends fc.Arbitrary<infer Given> ? Given : never

function tablesOf({ id, a, b, boss, generated, check, ending, more }: Columns): string[] {
  const type = id.startsWith('id text') ? 'text' : 'integer'
  // What a reference is to, must be unique; a table has no rowid only where it has a primary key.
  const reference = /primary key|unique/.test(id) ? boss : ''
  const kind = /primary key/.test(id) ? ending : ending.replace(/,? ?without rowid/, '')
  const parts = [id, a, b, `boss ${type} ${reference}`, ...widening().map((name) => `${name} text`)]
  const create = [...parts, generated, check].filter((part) => part !== '').join(', ')
  const log = 'create table log (what unique)'
  return [`create table t (${create}) ${kind}`, log, ...(more === '' ? [] : [more])]
}

function widening(): string[] {
  return Array.from({ length: WIDTH }, (_, at) => `w${at}`)
}
