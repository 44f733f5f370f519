import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { latestChange } from '../../../../src/db/postgres/tables/latest-change.ts'
import type { Store } from '../../../../src/db/store.ts'
import { asUser } from '../../../support/postgres/as-user.ts'
import { freshStore } from '../../../support/pipeline/an-import.ts'

const THING = 'create table thing (id int primary key, at timestamptz default now())'
const WANTED = { field: 'at', filter: null }

const latest = ({ tables, db }: Store) => tables.latestChange(db, 'thing', WANTED)
const add = (db: Store['db'], id: number) => sql`insert into thing values (${id})`.execute(db)

describe('up to where changes are complete', () => {
  test('is before the oldest transaction that is open, and behind it when it is over', async () => {
    const { store } = await freshStore(THING)
    await add(store.db, 1)
    const first = await latest(store)
    expect(first).toMatchObject({ upTo: { type: 'text' }, isHeldBack: false, isBlind: false })
    const open = await store.db.startTransaction().execute()
    // It has a time from now on, and shows nothing yet.
    await add(open, 2)
    await add(store.db, 3)
    expect(await latest(store)).toEqual({ ...first, isHeldBack: true })
    await open.commit().execute()
    const after = await latest(store)
    expect(after).toMatchObject({ isHeldBack: false })
    expect(after.upTo).not.toEqual(first.upTo)
  })

  test('leaves out a time that is still to come', async () => {
    const { store } = await freshStore(THING)
    await add(store.db, 1)
    const before = await latest(store)
    await sql`insert into thing values (2, 'infinity'), (3, now() + interval '1 day')`.execute(
      store.db,
    )
    expect(await latest(store)).toEqual({ ...before, isHeldBack: true })
  })

  test('is in doubt where transactions of others cannot be seen', async () => {
    const { store: owner } = await freshStore(THING)
    await add(owner.db, 1)
    const store = await asUser(owner, ['select on thing'])
    expect(await latest(store)).toMatchObject({ isBlind: false })
    const open = await owner.db.startTransaction().execute()
    await add(open, 2)
    expect(await latest(store)).toMatchObject({ isBlind: true })
    await open.rollback().execute()
  })

  test('of numbers waits for the transactions that write, or leaves all to a later run', async () => {
    const { store } = await freshStore('create table thing (id int primary key, at serial)')
    const { db } = store
    await sql`insert into thing values (1)`.execute(db)
    const open = await db.startTransaction().execute()
    await add(open, 2)
    await add(db, 3)
    expect(await latestChange(db, 'thing', WANTED, 100)).toMatchObject({
      upTo: null,
      isHeldBack: true,
    })
    const waiting = latest(store)
    await open.commit().execute()
    const upTo = { type: 'integer', text: '3' }
    expect(await waiting).toEqual({ upTo, isHeldBack: false, isBlind: false })
  })
})
