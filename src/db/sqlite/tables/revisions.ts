import type Sqlite from 'better-sqlite3'
import type { Store } from '../../store.ts'

/** Prepared on first use, since the tables may not exist before. */
export function openRevisions(handle: Sqlite.Database): Pick<Store, 'revisionOf' | 'revisionsOf'> {
  let opened: ReturnType<typeof prepare> | undefined
  const statements = () => (opened ??= prepare(handle))
  return {
    revisionOf: (id) => Promise.resolve(statements().one.get(id)),
    revisionsOf: (ids) =>
      Promise.resolve(
        new Map(
          statements()
            .many.all(JSON.stringify(ids))
            .map(({ id, revision }) => [id, revision]),
        ),
      ),
  }
}

function prepare(handle: Sqlite.Database) {
  return {
    one: handle.prepare<[number], number>('select revision from tallyman_job where id = ?').pluck(),
    many: handle.prepare<[string], { id: number; revision: number }>(
      'select id, revision from tallyman_job where id in (select value from json_each(?))',
    ),
  }
}
