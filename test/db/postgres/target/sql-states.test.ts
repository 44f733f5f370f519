import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { npmPrograms } from '../../../../src/cli/postgres/find-programs.ts'
import type { MessageCode } from '../../../../src/domain/words/messages.ts'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { messageText } from '../../../../src/i18n/catalogue.ts'
import { failureMessage } from '../../../../src/domain/jobs/job.ts'
import { createJob, findJob } from '../../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../../support/jobs/a-job.ts'
import { runWaiting } from '../../../support/jobs/run-waiting.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'

/** PostgreSQL's codes of the class, each with a statement that it answers so; none where none can. */
const DATA_EXCEPTIONS: Record<string, string> = {
  '22000': '',
  '22001': 'insert into short values (repeat(chr(120), 9))',
  '22002': '',
  '22003': 'select 2147483647 + 1',
  '22004': `select array_fill(1, null)`,
  '22005': '',
  '22007': `select 'soon'::date`,
  '22008': `select '2026-02-30'::date`,
  '22009': `select '12:00+99'::timetz`,
  '22010': '',
  '22011': `select substring('x' from 1 for -1)`,
  '22012': 'select 1 / 0',
  '22013': 'select sum(1) over (rows -1 preceding)',
  '22014': 'select ntile(0) over ()',
  '22015': `select '99999999999 years'::interval`,
  '22016': 'select nth_value(1, 0) over ()',
  '22018': '',
  '22019': '',
  '22021': `select convert_from('\\xff', 'UTF8')`,
  '22022': '',
  '22023': `select set_config('work_mem', 'much', false)`,
  '22024': '',
  '22025': `select 'x' like '\\'`,
  '22026': "insert into short (bits) values (B'10')",
  '22027': '',
  '22030': '',
  '22031': `select jsonb_path_query('"x"', '$.datetime()')`,
  '22032': '',
  '22033': `select jsonb_path_query('[]', '$["a"]')`,
  '22034': '',
  '22035': '',
  '22036': `select jsonb_path_query('"x"', '$.double()')`,
  '22037': '',
  '22038': `select jsonb_path_query('[1, 2]', '$[*] + 1')`,
  '22039': `select jsonb_path_query('1', 'strict $[*]')`,
  '2200B': '',
  '2200C': `select 'x' similar to 'a#"b#"c#"d#"e' escape '#'`,
  '2200D': '',
  '2200F': '',
  '2200G': '',
  '2200H': `select nextval('few'), nextval('few'), nextval('few')`,
  '2200L': '',
  '2200M': `select xmlparse(document 'x')`,
  '2200N': `select xmlparse(content '<')`,
  '2200S': `select xmlcomment('--')`,
  '2200T': `select xmlpi(name a, '?>')`,
  '2201B': `select '' ~ '('`,
  '2201E': 'select ln(0)',
  '2201F': 'select power(-1, 0.5)',
  '2201G': 'select width_bucket(1, 1, 1, 1)',
  '2201W': 'select 1 limit -1',
  '2201X': 'select 1 offset -1',
  '2202E': 'select array_fill(1, array[1], array[1, 2])',
  '2202G': 'select 1 from pg_class tablesample system (1) repeatable (null)',
  '2202H': 'select 1 from pg_class tablesample system (-1)',
  '2203A': `select jsonb_path_query('{}', 'strict $.a')`,
  '2203B': `select jsonb_path_query('{}', '-$')`,
  '2203C': `select jsonb_path_query('1', 'strict $.keyvalue()')`,
  '2203D': '',
  '2203E': '',
  '2203F': '',
  '2203G': '',
  '22P01': '',
  '22P02': `select 'x'::int`,
  '22P03': '',
  '22P04': '',
  '22P05': `select '"\\u0000"'::jsonb`,
  '22P06': '',
}

const CONSTRAINTS: Record<string, string> = {
  '23000': '',
  '23001': '',
  '23502': 'insert into other values (null)',
  '23503': 'insert into child values (7)',
  '23505': 'insert into other values (1)',
  '23514': 'insert into other values (-1)',
  '23P01': 'insert into taken values (1)',
}

/** Of a definition or a right, where a trigger says so itself. */
const RAISED: Record<string, string> = { '42501': '', '42704': '' }

/** Codes of a trigger's own, and of what it needs for this record alone. */
const OF_TRIGGERS: Record<string, string> = {
  U0001: '',
  ZX123: '',
  P1234: '',
  45000: '',
  '00ABC': '',
  '02000': '',
  42883: 'select no_function()',
  '42P01': 'select from no_table',
  42703: 'select no_column from other',
  '3F000': 'create table no_schema.t ()',
  '0A000': 'copy other to stdout',
}

/** Of the session, the server, its disk, a lock, another transaction or the program. */
const NOT_OF_ROWS = /^(?:08|25|26|3B|40|53|55P03|57|58|72|F0|XX001|XX002)/

/** Each record runs its statement in a trigger, and raises its code where there is none. */
const SAYS = `
  drop table if exists short, other, child, taken cascade; drop sequence if exists few, tries;
  create table short (t varchar(3), bits bit(3)); create sequence few maxvalue 2;
  create table other (n int primary key check (n >= 0)); insert into other values (1);
  create table child (n int references other on delete restrict); insert into child values (1);
  create table taken (n int, exclude using btree (n with =)); insert into taken values (1);
  create sequence tries;
  create table t (id int primary key, code text, statement text, times bigint);
  create or replace function say() returns trigger language plpgsql as $$
    begin
      if new.code is null or nextval('tries') > new.times then return new; end if;
      if new.statement is not null then
        begin
          execute new.statement;
        exception when others then
          if sqlstate = new.code then raise; end if;
          raise exception 'it was %, not %', sqlstate, new.code;
        end;
        raise exception 'it was nothing, not %', new.code;
      end if;
      raise exception using errcode = new.code, message = 'said ' || new.code;
    end $$;
  create trigger say before insert on t for each row execute function say()`
const ALWAYS = 1_000_000

function csv(cells: (string | number)[]): string {
  return cells
    .map((cell) => (cell === '' ? '' : `"${String(cell).replaceAll('"', '""')}"`))
    .join(',')
}

test.each([
  ['22', DATA_EXCEPTIONS],
  ['23', CONSTRAINTS],
  ['42', RAISED],
  ["a trigger's own", OF_TRIGGERS],
  ['all others', allOthers()],
])(
  'each error of class %s refuses its record alone, in the words of the server',
  async (...one) => {
    const codes = Object.entries(one[1])
    const { store, folder } = await freshStore(SAYS)
    const records = codes.flatMap(([code, statement], at) => [
      csv([2 * at, code, statement, ALWAYS]),
      csv([2 * at + 1, '', '', ALWAYS]),
    ])
    const file = written(folder, ['id,code,statement,times', ...records, ''].join('\n'))
    const { batches, last } = await run(store, specify({ path: file, table: 't', key: ['id'] }))
    const told = batches
      .flatMap(({ rejects }) => rejects)
      .map(({ record, code, params }) => [record, messageText('en', { code, params })])
    expect(told).toEqual(
      codes.map(([code, statement], at) => [
        2 * at + 1,
        statement === ''
          ? `The database refused the record: said ${code}.`
          : expect.stringMatching(
              /^The (?:database refused the record|record refers to a row that does not exist): (?!it was)/,
            ),
      ]),
    )
    expect(last.counters).toMatchObject({ inserted: codes.length, rejects: codes.length })
  },
)

/** Each that a trigger can raise as its own. */
function allOthers(): Record<string, string> {
  const others = errorsOfNewest().filter((code) => !/^2[23]/.test(code) && !NOT_OF_ROWS.test(code))
  return Object.fromEntries(others.map((code) => [code, '']))
}

const OWN = `drop table if exists parent, kid cascade;
  create table parent (n int primary key); insert into parent values (1);
  create table t (id int primary key, code int not null, statement int unique, times int check (times > 0),
    p int references parent, x text, exclude using gist (int4range(id, id + 1) with &&));
  create index on t (x); insert into t values (9, 9, 9, 9, 1);
  create table kid (t int references t); insert into kid values (9)`

test.each([
  ['23502', '1,,1,1,1,x', 'The field must not be empty.'],
  [
    '23503',
    '1,1,1,1,7,x',
    'The record refers to a row that does not exist: Key (p)=(7) is not present in table "parent" (t_p_fkey).',
  ],
  [
    '23505',
    '1,1,9,1,1,x',
    'Another row of the table has the same unique value: t.statement (t_statement_key).',
  ],
  ['23514', '1,1,1,-1,1,x', /^A rule of the table does not allow the record: .*times > 0/],
  ['54000', `1,1,1,1,1,${longText()}`, /^The database refused the record: index row .*/],
])('what a rule of the table says by %s is told in our words', async (_, record, sentence) => {
  const { store, folder } = await freshStore(OWN)
  const file = written(folder, `id,code,statement,times,p,x\n${record}\n2,2,2,2,1,y\n`)
  const { batches, last } = await run(store, specify({ path: file, table: 't', key: ['id'] }))
  const told = batches
    .flatMap(({ rejects }) => rejects)
    .map(({ code, params }) => messageText('en', { code, params }))
  expect(told).toEqual([typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)])
  expect(last.counters).toMatchObject({ inserted: 1, rejects: 1 })
})

test('what a trigger raises is told with the detail and the hint of its author', async () => {
  const { store, folder } = await freshStore(`
    create table t (id int primary key, code text);
    create function deny() returns trigger language plpgsql as $$
      begin
        if new.code = 'x' then
          raise exception 'The code % is closed.', new.code
            using detail = 'It was closed in 2020.', hint = 'Take the code y.';
        end if;
        return new;
      end $$;
    create trigger deny before insert on t for each row execute function deny()`)
  const file = written(folder, 'id,code\n1,x\n2,y\n')
  const { batches } = await run(store, specify({ path: file, table: 't', key: ['id'] }))
  const [{ code, params } = { code: 'TLY-3001' as const, params: {} }] = batches.flatMap(
    ({ rejects }) => rejects,
  )
  expect(messageText('en', { code, params })).toBe(
    'The database refused the record: The code x is closed. It was closed in 2020. Take the code y.',
  )
})

/** Of a text that compresses well, an index keeps more. */
function longText(): string {
  return Array.from({ length: 1500 }, (_, at) => String((at * 7919 + 13) % 10_007)).join('-')
}

/** A job whose first record meets an error of the server for so many times. */
async function anInterruptedJob(code: string, times: number) {
  const { store, folder } = await freshStore(SAYS)
  const file = path.join(folder, 'source.csv')
  writeFileSync(file, `id,code,statement,times\n1,${code},,${times}\n2,,,\n`)
  const into: ImportSpecification = specify({ path: file, table: 't', key: ['id'] })
  const given = { ...importJob(into, { label: code }), status: 'start_pending' as const }
  const { id } = await createJob(store.db, given, { now: NOON, actor: OPERATOR })
  await runWaiting(store)
  const { rows: journal } = await sql<{ code: MessageCode; params: string }>`
    select code, params from tallyman_journal where job_id = ${id} order by id`.execute(store.db)
  const { rows } = await sql`select id from t order by id`.execute(store.db)
  const job = await findJob(store.db, id)
  if (job === undefined) throw new Error('the job is gone')
  const failure = failureMessage(job)
  const interruptions = journal
    .map(({ code: told, params }) => ({ code: told, params: JSON.parse(params) }))
    .filter((entry) => entry.code === 'TLY-1070')
    .map((entry) => messageText('en', entry))
  return { job, interruptions, rows, said: failure && messageText('en', failure) }
}

const TRIED_AGAIN: [code: string, sentence: RegExp][] = [
  ['40000', /write the same rows at the same time; try again/],
  ['40001', /write the same rows at the same time; try again/],
  ['40002', /write the same rows at the same time; try again/],
  ['40003', /write the same rows at the same time; try again/],
  ['40P01', /write the same rows at the same time; try again/],
  ['53300', /server does not answer or ended the connection; see whether/],
  ['57P01', /server does not answer or ended the connection; see whether/],
  ['57P02', /server does not answer or ended the connection; see whether/],
  ['57P03', /server does not answer or ended the connection; see whether/],
  ['57P04', /server does not answer or ended the connection; see whether/],
  ['57P05', /server does not answer or ended the connection; see whether/],
]

test.each(TRIED_AGAIN)(
  'what the server says by %s is tried again, and each record goes in once',
  async (code, sentence) => {
    const { job, interruptions, rows } = await anInterruptedJob(code, 2)
    expect(job).toMatchObject({ status: 'finished', counters: { inserted: 2, rejects: 0 } })
    expect(interruptions).toEqual(Array(2).fill(expect.stringMatching(sentence)))
    expect(rows).toEqual([{ id: 1 }, { id: 2 }])
  },
)

const FAILS: [code: string, reason: string, sentence: RegExp][] = [
  ['53000', 'database_failed', /too little memory/],
  ['53100', 'disk_full', /disk is full/],
  ['53200', 'database_failed', /too little memory/],
  ['53400', 'database_failed', /too little memory/],
  ['57000', 'database_failed', /cancelled a statement/],
  ['57014', 'database_failed', /cancelled a statement/],
]

test.each(FAILS)(
  'what the server says by %s fails the job with what to do',
  async (code, reason, sentence) => {
    const { job, interruptions, rows, said } = await anInterruptedJob(code, ALWAYS)
    expect(job).toMatchObject({ status: 'failed', failure_reason: reason })
    expect(said).toMatch(sentence)
    expect({ interruptions, rows }).toEqual({ interruptions: [], rows: [] })
  },
)

test('no error that the newest version can say about a row is left out', () => {
  const errors = errorsOfNewest().filter((code) => /^(?:22|23|40|53|57|42501)/.test(code))
  expect(errors).toContain('42501')
  const tried = [DATA_EXCEPTIONS, CONSTRAINTS, RAISED].flatMap((codes) => Object.keys(codes))
  const all = [...tried, ...[...TRIED_AGAIN, ...FAILS].map(([code]) => code)]
  expect(errors.filter((code) => !all.includes(code))).toEqual([])
})

function errorsOfNewest(): string[] {
  const programs = npmPrograms()
  if (programs === undefined || !('npm' in programs)) throw new Error('npm has brought none')
  const list = readFileSync(path.join(programs.npm, 'share/postgresql/errcodes.txt'), 'utf8')
  return [...list.matchAll(/^(\w{5})\s+E\s/gm)].map(([, code = '']) => code)
}
