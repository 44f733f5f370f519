import { statSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { tmpDir } from '../support/tmp.ts'

test.each([false, true])(
  'forty megabytes of log are moved into the database, unless that is left to others (%s)',
  async (isLeft) => {
    const file = path.join(tmpDir(), 'tallyman.db')
    const store = await openStore(`sqlite:${file}`)
    if (isLeft) store.leaveCheckpoints()
    await sql`create table filled (bytes blob)`.execute(store.db)
    await sql`insert into filled values (zeroblob(40000000))`.execute(store.db)
    expect(statSync(file).size < 10_000_000).toBe(isLeft)
    await store.close()
    expect(statSync(file).size).toBeGreaterThan(40_000_000)
  },
)
