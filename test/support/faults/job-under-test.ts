import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Store } from '../../../src/db/store.ts'
import type { JobKind } from '../../../src/domain/jobs/job.ts'
import {
  exportSpecification,
  importSpecification,
} from '../../../src/domain/specification/specification.ts'
import { storedPath } from '../../../src/domain/specification/stored-path.ts'
import { encodeText } from '../../../src/pipeline/encodings/encode.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { OPERATOR } from '../jobs/a-job.ts'
import { aStore } from '../a-store.ts'
import { aStoredFile } from '../pipeline/a-stored-file.ts'
import { byDatabase } from '../databases.ts'
import { startRepair } from '../../../src/engine/repair/start-repair.ts'
import { runWaiting } from '../jobs/run-waiting.ts'
import { rounds } from './chance.ts'

const RECORDS = rounds(3_000, 6_000)

/** Jobs that are run through faults: all of them read or write the table `person` of their own database. */
export const KINDS = [
  'import',
  'import under rules',
  'tree',
  'uploads',
  'dialects',
  'values',
  'dry run',
  'heads',
  'export',
  'gzip export',
  'repair',
] as const
export type Kind = (typeof KINDS)[number]

/** Their records are written one by one, or a few at a time. */
const SLOW_KINDS = byDatabase<Kind[]>({ SQLite: [], PostgreSQL: ['import under rules', 'tree'] })

export type JobUnderTest = { kind: Kind; folder: string; store: Store; id: number }

/** SQLite's own files, and the folders that a server makes. */
const OF_EVERY_RUN = /^(test\.db-(wal|shm)|tallyman-data)$/

/** A database of its own, with a table and what it takes to run such a job. */
export async function aSite(kind: Kind, folder: string): Promise<Omit<JobUnderTest, 'id'>> {
  mkdirSync(folder, { recursive: true })
  const { store } = await aStore(folder)
  if (kind === 'heads') {
    writeFileSync(path.join(folder, 'people.csv'), WITH_HEAD)
    return { kind, folder, store }
  }
  const { create, triggers } = tableOf(kind)
  await sql.raw(create).execute(store.db)
  const count = isImport(kind) ? 500 : recordsOf(kind)
  // An export is committed by the megabyte.
  const padding = isImport(kind) ? '' : 'x'.repeat(400)
  await sql`insert into person (id, name, age) with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
            select i * 7, 'stored ' || i || ${padding}, i % 90 from n`.execute(store.db)
  for (const trigger of triggers) await sql.raw(trigger).execute(store.db)
  if (isImport(kind) && kind !== 'uploads') {
    sourcesOf(kind).forEach((content, at) => writeFileSync(sourcePaths(folder)[at] ?? '', content))
  }
  return { kind, folder, store }
}

/** The same with a job that waits for a worker. */
export async function aJobUnderTest(kind: Kind, folder: string): Promise<JobUnderTest> {
  const site = await aSite(kind, folder)
  if (kind === 'repair') return { ...site, id: await aLinkedJob(site.store, folder) }
  const job = { label: kind, targetTable: 'person', fileName: 'people.csv' }
  const { id } = await createJob(
    site.store.db,
    { ...job, ...(await specifyFor(site)), status: 'start_pending' },
    { now: new Date(), actor: OPERATOR },
  )
  return { ...site, id }
}

/** Files that were uploaded are stored before there is a job. */
async function specifyFor({ kind, folder, store }: Omit<JobUnderTest, 'id'>): Promise<JobKind> {
  const { type, specification } = specify(kind, folder)
  if (type !== 'import' || kind !== 'uploads') return specify(kind, folder)
  const paths: string[] = []
  for (const [at, content] of sourcesOf(kind).entries()) {
    const name = path.basename(sourcePaths(folder)[at] ?? '')
    paths.push(storedPath(await aStoredFile(store, Buffer.from(content), { name })))
  }
  const [first = '', ...morePaths] = paths
  return { type, specification: { ...specification, path: first, morePaths } }
}

/** Every record was rejected; corrected, some of them do not fit even now. */
async function aLinkedJob(store: Store, folder: string): Promise<number> {
  const by = { now: new Date(), actor: OPERATOR }
  const { id } = await createJob(
    store.db,
    {
      label: 'first',
      targetTable: 'person',
      fileName: 'people.csv',
      ...specify('repair', folder),
      status: 'start_pending',
    },
    by,
  )
  await runWaiting(store, { worker: 'calm' })
  const corrected = Array.from({ length: RECORDS }, (_, at) => {
    const line =
      at % 97 === 0 ? `${at},again "bad,1` : `${at},name ${at},${at % 89 ? at % 90 : 'x'}`
    return { record: at + 1, raw: Buffer.from(line) }
  })
  return (await startRepair(store.db, id, corrected, { ...by, label: 'repair' })).job.id
}

/** What is typed for such a job. */
export function commandLineOf(kind: Kind): string[] {
  if (!isImport(kind)) return ['export', 'person', '--to', resultOf(kind)]
  if (kind === 'heads') return ['import', 'people.csv', '--into', 'person', ...HEAD_OPTIONS]
  const how = ['--key', 'id', '--doubles', 'reject', '--duplicates', 'reject']
  return [
    'import',
    'people.csv',
    '--into',
    'person',
    ...how,
    kind === 'dry run' ? '--dry-run' : '--trace',
  ]
}

/**
 * All that a job leaves, in the table, in Tallyman's own tables and on the disk. Who ran it and how
 * often is another matter: of two runs that come to the same, that alone may differ.
 */
export async function remainsOf({ store, id, folder, kind }: JobUnderTest) {
  const rows = async <Row = unknown>(text: string) =>
    (await sql.raw<Row>(text).execute(store.db)).rows
  const result = path.join(folder, resultOf(kind))
  return {
    job: await rows<{ processed: number; inserted: number }>(
      `select status, processed, success, empty, errors, warnings, rejects, doubles, duplicates,
              inserted, updated, unchanged, deleted, reconciled, ignored, filtered, total, bytes_read,
              file_size, file_sha256 from tallyman_job where id = ${id}`,
    ),
    people: await rows('select * from person order by id'),
    columns: (await store.tables.describe(store.db, 'person'))?.columns,
    rejects: await rows<{ record: number }>(
      `select record, seq, line, "offset", connector, type, field, code, params, raw
       from tallyman_reject where job_id = ${id} order by record, seq`,
    ),
    kinds: await rows(
      `select type, code, field, count from tallyman_reject_kind where job_id = ${id}
       order by type, code, field`,
    ),
    // A dry run that was interrupted is told of anew. Which columns are made wider at once (TLY-1122)
    // depends on where a batch ends; what they come to does not.
    records: withoutFolder(
      folder,
      await rows<{ code: string; params: string }>(
        `select ${kind === 'dry run' ? 'distinct' : ''} code, level, params from tallyman_journal
       where job_id = ${id} and (code between 'TLY-1013' and 'TLY-1017' or code in ('TLY-1022', 'TLY-1026')
         or (code between 'TLY-1120' and 'TLY-1149' and code <> 'TLY-1122'))
       order by ${kind === 'dry run' ? 'code, params' : 'id'}`,
      ),
    ),
    repairs: await rows(
      'select job_id, record, status, raw, "by", reason, repaired_by_job from tallyman_repair order by record',
    ),
    keys: await rows('select count(*) as n from tallyman_key'),
    postponed: await rows('select count(*) as n from tallyman_postponed'),
    files: readdirSync(folder).filter((name) => !OF_EVERY_RUN.test(name)),
    result: existsSync(result)
      ? createHash('sha256').update(readFileSync(result)).digest('hex')
      : '',
  }
}

/** Each run has a folder of its own, which the paths of several files name. */
function withoutFolder<Row extends { params: string }>(folder: string, rows: Row[]): Row[] {
  return rows.map((row) => ({ ...row, params: row.params.replaceAll(folder, '') }))
}

/** How many records the job has to go through. */
export function recordsOf(kind: Kind): number {
  if (kind === 'heads') return HEAD_RECORDS
  if (SLOW_KINDS.includes(kind)) return RECORDS / 5
  return isImport(kind) ? RECORDS : RECORDS * 5
}

function isImport(kind: Kind): boolean {
  return kind !== 'export' && kind !== 'gzip export'
}

function resultOf(kind: Kind): string {
  return kind === 'gzip export' ? 'result.csv.gz' : 'result.csv'
}

function specify(kind: Kind, folder: string): JobKind {
  if (!isImport(kind)) {
    const result = path.join(folder, resultOf(kind))
    const specification = { table: 'person', path: result, gzip: kind === 'gzip export' }
    return { type: 'export', specification: exportSpecification.parse(specification) }
  }
  if (kind === 'heads') {
    return { type: 'import', specification: importSpecification.parse(headSpecification(folder)) }
  }
  const [first, ...others] = sourcePaths(folder)
  const specification = importSpecification.parse({
    path: first,
    morePaths: kind === 'tree' ? others : [],
    table: 'person',
    key: ['id'],
    operation: 'insert_or_update',
    doubles: 'reject',
    duplicates: 'reject',
    trace: kind !== 'dry run',
    stopIfAllRejected: kind !== 'repair',
    dryRun: kind === 'dry run',
    ...(kind === 'dialects' ? OTHERWISE : {}),
    ...(kind === 'values' ? WITH_VALUES : {}),
  })
  return { type: 'import', specification }
}

/** Values that go through all that is done to them before they are written. */
const WITH_VALUES = {
  fields: {
    name: {
      from: { kind: 'expression', source: "record.name + ' of ' + (record.age || 'nobody')" },
      transforms: [{ kind: 'upper' }, { kind: 'pad', length: 30, side: 'end', with: '.' }],
    },
    age: {
      format: { kind: 'number', decimal: ',', grouping: '.' },
      checks: [{ kind: 'range', most: '80' }],
      sensitive: true,
    },
  },
  filter: {
    kind: 'any',
    of: [{ kind: 'condition', column: 'age', operator: 'is_not', value: '7' }],
  },
  firstRecord: 40,
}

/** The table is made after the file, whose later values its first types do not take. */
function headSpecification(folder: string) {
  return {
    path: path.join(folder, 'people.csv'),
    table: 'person',
    create: true,
    key: ['id'],
    operation: 'insert_or_update',
    doubles: 'reject',
    duplicates: 'reject',
    skip: 3,
    skipLast: 2,
    columns: ['id', 'name', 'age'],
    nulls: ['N/A'],
  }
}

const HEAD_OPTIONS = [
  '--create --key id --doubles reject --duplicates reject --skip 3 --skip-last 2',
  '--columns id,name,age --null N/A',
].flatMap((words) => words.split(' '))

/** More than the first types are told by. */
const HEAD_RECORDS = 12_000

const WITH_HEAD = [
  'People "of the year',
  '',
  'id,nam"e,age',
  ...Array.from({ length: HEAD_RECORDS }, (_, at) => {
    const age = at > 11_000 && at % 97 === 0 ? '007' : String(at % 90)
    const id = at % 211 === 0 ? Math.max(0, at - 7) : at > 11_500 && at % 89 === 0 ? `x${at}` : at
    return at % 50 === 1 ? ',,' : `${id},p${at},${at % 13 === 0 ? 'N/A' : age}`
  }),
  'total,,12000',
  'checked by,Ann,',
  '',
].join('\n')

function tableOf(kind: Kind): { create: string; triggers: string[] } {
  if (kind === 'import under rules') return UNDER_RULES
  return kind === 'tree' ? REFERRING : PLAIN
}

const REFERRING = {
  create: `create table person (id integer primary key, name text not null, age integer,
    boss integer references person)`,
  triggers: [],
}

const PLAIN = {
  create: 'create table person (id integer primary key, name text not null, age integer)',
  triggers: [],
}

/** It swallows, changes, refuses, and makes and deletes rows beside; a name that is there is left out. */
const UNDER_RULES = byDatabase({
  SQLite: {
    create: `create table person (id integer primary key on conflict replace, name text not null,
      age integer, unique (name) on conflict ignore)`,
    triggers: [
      `create trigger swallow before insert on person when new.id % 31 = 0 begin
         select raise(ignore); end`,
      `create trigger refuse after insert on person when new.id % 41 = 0 begin
         insert into person values (-new.id, 'half', 0); select raise(fail, 'no such number'); end`,
      `create trigger tidy after insert on person when new.id % 23 = 0 begin
         update person set name = upper(name) where id = new.id; end`,
      `create trigger make after insert on person when new.id % 29 = 0 begin
         insert into person values (-new.id, 'made ' || new.id, 0);
         delete from person where id = new.id - 2; end`,
    ],
  },
  PostgreSQL: {
    create: PLAIN.create,
    triggers: [
      `create function swallow() returns trigger language plpgsql as $$ begin
         if new.id % 31 = 0 or exists (select from person where name = new.name) then
           return null;
         end if;
         return new; end $$`,
      `create function follow() returns trigger language plpgsql as $$ begin
         if new.id % 41 = 0 then
           insert into person values (-new.id, 'half', 0);
           raise exception 'no such number';
         end if;
         if new.id % 23 = 0 then
           update person set name = upper(name) where id = new.id;
         end if;
         if new.id > 0 and new.id % 29 = 0 then
           insert into person values (-new.id, 'made ' || new.id, 0);
           delete from person where id = new.id - 2;
         end if;
         return null; end $$`,
      'create trigger swallow before insert on person for each row execute function swallow()',
      'create trigger follow after insert on person for each row execute function follow()',
    ],
  },
})

function sourcePaths(folder: string): string[] {
  return ['people.csv', 'people-2.csv', 'people-3.csv'].map((name) => path.join(folder, name))
}

function sourcesOf(kind: Kind): (string | Buffer)[] {
  if (kind === 'tree') return inThreeFiles(aTree(recordsOf(kind)))
  if (kind === 'uploads') {
    const [first = '', second = '', third = ''] = inThreeFiles(people(recordsOf(kind)))
    return [first, gzipSync(second), third]
  }
  if (kind === 'repair') return [FAULTY]
  return [kind === 'dialects' ? inAnotherDialect() : people(recordsOf(kind))]
}

/** The second has its columns the other way round, and another delimiter. */
function inThreeFiles(text: string): string[] {
  const [header = '', ...records] = text.trim().split('\n')
  const third = Math.ceil(records.length / 3)
  return [0, 1, 2].map((at) => {
    const lines = [header, ...records.slice(at * third, (at + 1) * third)]
    const written = at === 1 ? lines.map((line) => line.split(',').toReversed().join(';')) : lines
    return `${written.join('\n')}\n`
  })
}

/** Nothing in it is as usual; the second byte of a character may be that of the delimiter. */
const OTHERWISE = {
  encoding: 'shift_jis',
  delimiter: '||',
  quote: "'",
  escape: '\\',
  comment: '#',
  trim: true,
}

function inAnotherDialect(): Buffer {
  const lines = people(RECORDS)
    .split('\n')
    .flatMap((line, at) => {
      const [id, name, age] = line.split(',')
      if (age === undefined) return [line]
      const written = at % 7 === 0 ? ` '${name}ポ|| \\' 表' ` : ` ${name}ポ`
      return [...(at % 50 === 0 ? ['# 表'] : []), [id, at === 0 ? name : written, age].join('||')]
    })
  return Buffer.from(encodeText(lines.join('\r\n'), 'shift_jis') ?? '', 'latin1')
}

/** Doubles, duplicates, damage and values that do not fit. */
function people(records: number): string {
  return [
    'id,name,age',
    ...Array.from({ length: records }, (_, at) => {
      if (at % 101 === 0) return `${at},bad"quote,1`
      if (at % 97 === 0) return `${at},no number,x`
      return `${at % 53 === 0 ? at - 1 : at},name ${at},${at % 90}`
    }),
    '',
  ].join('\n')
}

const FAULTY = [
  'id,name,age',
  ...Array.from({ length: RECORDS }, (_, at) => `${at},name ${at},many`),
  '',
].join('\n')

/** Everybody comes before who they refer to, now and then twice; some refer to nobody there is. */
function aTree(records: number): string {
  return [
    'id,name,age,boss',
    ...Array.from({ length: records }, (_, at) => {
      if (at % 101 === 0) return `${at},bad"quote,1,`
      const id = records - (at % 53 === 0 ? at - 1 : at)
      const boss = at % 89 === 0 ? records * 10 : Math.floor(id * 0.9) || ''
      return `${id},name ${at},${at % 90},${boss}`
    }),
    '',
  ].join('\n')
}
