import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asUser } from '../../../support/postgres/as-user.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'
import type { SomeOfImport } from '../../../support/pipeline/an-import.ts'

type Case = {
  schema: string
  given?: SomeOfImport
  /** Record and code of what is told, besides the field. */
  told: [record: number, code: string][]
  counters: Record<string, number>
  rows: Record<string, unknown>[]
  /** What a user is granted who imports in the owner's place. */
  granted?: string[]
}

const LINES = ['id,n', '1,1', '2,2', '3,3']
const trigger = (body: string) =>
  `drop function if exists odd cascade;
   create function odd() returns trigger language plpgsql as $$ begin ${body} end $$;`
const TABLE = 'create table t (id int primary key, n int);'
const POLICIES = `${TABLE} alter table t enable row level security; create policy a on t using (true);`

const CASES: Record<string, Case> = {
  'a row that a trigger deletes after it went in was not inserted': {
    schema: `${TABLE} ${trigger('if new.id = 2 then delete from t where id = 2; end if; return null;')}
      create trigger odd after insert on t for each row execute function odd()`,
    told: [[2, 'TLY-3013']],
    counters: { inserted: 2, ignored: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 3, n: 3 },
    ],
  },
  'a row that its own trigger changes after it went in is no other row': {
    schema: `${TABLE} ${trigger('if new.n < 4 then update t set n = n + 7 where id = new.id; end if; return null;')}
      create trigger odd after insert on t for each row execute function odd()`,
    told: [1, 2, 3].map((record) => [record, 'TLY-3014']),
    counters: { inserted: 3, warnings: 3 },
    rows: [
      { id: 1, n: 8 },
      { id: 2, n: 9 },
      { id: 3, n: 10 },
    ],
  },
  'what a trigger fills in beside the fields of its own row is not told': {
    schema: `create table t (id int primary key, n int, seen int); insert into t values (1, 0), (2, 2);
      ${trigger('if new.seen is distinct from new.n then update t set seen = n where id = new.id; end if; return null;')}
      create trigger odd after insert or update on t for each row execute function odd()`,
    told: [],
    counters: { inserted: 1, updated: 1, unchanged: 1, warnings: 0 },
    rows: [
      { id: 1, n: 1, seen: 1 },
      { id: 2, n: 2, seen: null },
      { id: 3, n: 3, seen: 3 },
    ],
  },
  'of the rows that a trigger changes with its own, the others are told': {
    schema: `${TABLE} insert into t values (11, 0), (12, 0), (13, 0);
      ${trigger('update t set n = n + 100 where id in (new.id, new.id + 10) and new.id = 2; return null;')}
      create trigger odd after insert on t for each row execute function odd()`,
    told: [
      [2, 'TLY-3014'],
      [2, 'TLY-3015'],
    ],
    counters: { inserted: 3, warnings: 2 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 102 },
      { id: 3, n: 3 },
      { id: 11, n: 0 },
      { id: 12, n: 100 },
      { id: 13, n: 0 },
    ],
  },
  'a row that its trigger changes twice is told as one changed once more': {
    schema: `${TABLE}
      ${trigger('if new.id = 2 then update t set n = 8 where id = 2; update t set n = 9 where id = 2; end if; return null;')}
      create trigger odd after insert on t for each row execute function odd()`,
    told: [
      [2, 'TLY-3014'],
      [2, 'TLY-3015'],
    ],
    counters: { inserted: 3, warnings: 2 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 9 },
      { id: 3, n: 3 },
    ],
  },
  'a row whose trigger changes it and deletes another was inserted': {
    schema: `${TABLE} insert into t values (12, 0);
      ${trigger('if new.id = 2 then update t set n = n where id = 2; delete from t where id = 12; end if; return null;')}
      create trigger odd after insert on t for each row execute function odd()`,
    told: [[2, 'TLY-3015']],
    counters: { inserted: 3, ignored: 0, warnings: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 3 },
    ],
  },
  'an update that a trigger takes back after it was written was not done': {
    schema: `${TABLE} insert into t values (1, 0), (2, 0);
      ${trigger('if new.id = 2 and new.n = 2 then update t set n = old.n where id = 2; end if; return null;')}
      create trigger odd after update on t for each row execute function odd()`,
    told: [[2, 'TLY-3013']],
    counters: { inserted: 1, updated: 1, ignored: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 0 },
      { id: 3, n: 3 },
    ],
  },
  'a row that a trigger changes in a table that others inherit from goes in': {
    schema: `${TABLE} create table heir () inherits (t); insert into heir values (2, 0);
      ${trigger('update t set n = n where id = new.id; return null;')}
      create trigger odd after update on heir for each row when (pg_trigger_depth() = 0) execute function odd();
      create trigger odd after insert on t for each row when (pg_trigger_depth() = 0) execute function odd()`,
    told: [],
    counters: { inserted: 2, updated: 1, warnings: 0 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 3 },
    ],
  },
  'an update that a trigger takes back was not done': {
    schema: `${TABLE} insert into t values (1, 0), (2, 0);
      ${trigger('if new.id = 2 then return old; end if; return new;')}
      create trigger odd before update on t for each row execute function odd()`,
    told: [[2, 'TLY-3013']],
    counters: { inserted: 1, updated: 1, ignored: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 0 },
      { id: 3, n: 3 },
    ],
  },
  'what the trigger of a partition changes is told': {
    schema: `create table t (id int primary key, n int) partition by range (id);
      create table t1 partition of t for values from (0) to (3);
      create table t2 partition of t for values from (3) to (9);
      ${trigger('new.n = 99; return new;')}
      create trigger odd before insert on t2 for each row execute function odd()`,
    told: [[3, 'TLY-3014']],
    counters: { inserted: 3, warnings: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 99 },
    ],
  },
  'what a rule writes elsewhere instead was not inserted': {
    schema: `${TABLE} create table u (like t);
      create rule r as on insert to t do instead insert into u values (new.*)`,
    told: [1, 2, 3].map((record) => [record, 'TLY-3013']),
    counters: { inserted: 0, ignored: 3 },
    rows: [],
  },
  'what a rule writes elsewhere on a condition was not inserted': {
    schema: `${TABLE} create table u (like t);
      create rule r as on insert to t where new.id = 2 do instead insert into u values (new.*)`,
    told: [[2, 'TLY-3013']],
    counters: { inserted: 2, ignored: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 3, n: 3 },
    ],
  },
  'what a rule updates elsewhere instead was not updated': {
    schema: `${TABLE} create table u (like t); insert into t values (1, 0); insert into u values (1, 0);
      create rule r as on update to t do instead update u set n = new.n where id = new.id`,
    told: [[1, 'TLY-3013']],
    counters: { inserted: 2, updated: 0, ignored: 1 },
    rows: [
      { id: 1, n: 0 },
      { id: 2, n: 2 },
      { id: 3, n: 3 },
    ],
  },
  'what a rule writes besides into the same table is told': {
    schema: `${TABLE}
      create rule r as on update to t do also delete from t where id = old.id + 10;
      insert into t values (1, 0), (11, 0)`,
    told: [[1, 'TLY-3015']],
    counters: { inserted: 2, updated: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 3 },
    ],
  },
  'what a policy forbids refuses its record alone': {
    schema: `${POLICIES} create policy b on t as restrictive for insert with check (n <> 2)`,
    granted: ['all on t'],
    told: [[2, 'TLY-3011']],
    counters: { inserted: 2, rejects: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 3, n: 3 },
    ],
  },
  'a row that a policy hides is known by its key alone, and kept': {
    schema: `${POLICIES} create policy b on t as restrictive for select using (n <> 0);
      insert into t values (2, 0)`,
    granted: ['all on t'],
    told: [[2, 'TLY-3004']],
    counters: { inserted: 2, rejects: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 0 },
      { id: 3, n: 3 },
    ],
  },
  'a row that a policy keeps from being deleted was not deleted': {
    schema: `${POLICIES} create policy b on t as restrictive for delete using (n <> 2);
      insert into t values (1, 1), (2, 2)`,
    given: { operation: 'delete' },
    granted: ['all on t'],
    told: [[2, 'TLY-3013']],
    counters: { deleted: 1, ignored: 2 },
    rows: [{ id: 2, n: 2 }],
  },
  'rows that nobody but the owner sees are counted as they went in': {
    schema: `create table t (id int, n int); alter table t enable row level security;
      create policy a on t for insert with check (true)`,
    given: { operation: 'insert', key: [] },
    granted: ['all on t'],
    told: [],
    counters: { inserted: 3 },
    rows: [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 3 },
    ],
  },
  'an exclusion that waits for the commit refuses its record alone': {
    schema: `create table t (id int primary key, n int,
        exclude using btree (n with =) deferrable initially deferred);
      insert into t values (9, 2)`,
    told: [[2, 'TLY-3017']],
    counters: { inserted: 2, rejects: 1 },
    rows: [
      { id: 1, n: 1 },
      { id: 3, n: 3 },
      { id: 9, n: 2 },
    ],
  },
}

test.each(Object.entries(CASES))('%s', async (_, { schema, given, granted, ...expected }) => {
  const { store: owner, folder } = await freshStore(schema)
  const store = granted === undefined ? owner : await asUser(owner, granted)
  const path = written(folder, [...LINES, ''].join('\n'))
  const wanted = { path, table: 't', key: ['id'], stopIfAllRejected: false, ...given }
  const { batches, last } = await run(store, specify(wanted))
  const told = batches.flatMap(({ rejects }) => rejects).map(({ record, code }) => [record, code])
  const { rows } = await sql`select * from t order by id`.execute(owner.db)
  expect({ told, rows }).toEqual({ told: expected.told, rows: expected.rows })
  expect(last.counters).toMatchObject(expected.counters)
})
