import { expect, test } from 'vitest'
import { messageText } from '../../../../src/i18n/catalogue.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'
import type { SomeOfImport } from '../../../support/pipeline/an-import.ts'

const TRIGGERS = `
  create or replace function nothing() returns trigger language plpgsql as $$ begin return new; end $$;
  create trigger added before insert on t for each row execute function nothing();
  create trigger "Changed" after update on t for each row execute function nothing();
  create trigger gone after delete on t for each row execute function nothing();
  create trigger off before insert on t for each row execute function nothing();
  alter table t disable trigger off`

const CASES: [name: string, schema: string, given: SomeOfImport, told: string[]][] = [
  ['serial', 'create table t (n serial primary key, id int)', {}, ['t_n_seq, –']],
  ['identity', 'create table t (n int generated always as identity, id int)', {}, ['t_n_seq, –']],
  [
    'a default of its own, and triggers',
    `drop sequence if exists "Own" cascade; create sequence "Own";
     create table t (id int primary key, n int default nextval('"Own"') + 1); ${TRIGGERS}`,
    { key: ['id'] },
    ['"Own", Changed, added'],
  ],
  [
    'an update',
    `create table t (n serial, id int primary key); ${TRIGGERS}`,
    { key: ['id'], operation: 'update' },
    ['–, Changed'],
  ],
  [
    'an insert without a key, which changes no row',
    `create table t (n serial, id int primary key); ${TRIGGERS}`,
    { operation: 'insert' },
    ['t_n_seq, added'],
  ],
  [
    'a delete',
    `create table t (n serial, id int primary key); ${TRIGGERS}`,
    { key: ['id'], operation: 'delete' },
    ['–, gone'],
  ],
  [
    'a reconcile, which writes nothing',
    `create table t (n serial, id int primary key); ${TRIGGERS}`,
    { key: ['id'], operation: 'reconcile' },
    [],
  ],
  [
    'a partition and a domain',
    `drop domain if exists numbered cascade; drop sequence if exists few cascade;
     create sequence few; create domain numbered as int default nextval('few');
     create table t (id int, n numbered) partition by list (id);
     create table t_1 partition of t for values in (1);
     create or replace function nothing() returns trigger language plpgsql as $$ begin return new; end $$;
     create trigger of_part before insert on t_1 for each row execute function nothing()`,
    {},
    ['few, of_part'],
  ],
  ['a plain table', 'create table t (id int primary key)', { key: ['id'] }, []],
]

test.each(CASES)('a dry run names what of it stays, as of %s', async (_, schema, given, told) => {
  const { store, folder } = await freshStore(schema)
  const path = written(folder, 'id\n1\n')
  const { batches } = await run(store, specify({ ...given, path, table: 't', dryRun: true }))
  const warnings = batches
    .flatMap(({ journal }) => journal)
    .filter(({ code }) => code === 'TLY-1036')
  expect(warnings.map(({ params }) => `${params['sequences']}, ${params['triggers']}`)).toEqual(
    told,
  )
  for (const one of warnings) expect(messageText('en', one)).toMatch(/^A dry run does not take /)
})

test('an import for real warns of none of it', async () => {
  const { store, folder } = await freshStore('create table t (n serial primary key, id int)')
  const { batches } = await run(store, specify({ path: written(folder, 'id\n1\n'), table: 't' }))
  expect(batches.flatMap(({ journal }) => journal).map(({ code }) => code)).not.toContain(
    'TLY-1036',
  )
})
