import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { ended, start, tallyman } from '../support/programs/cli.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { tmpDir } from '../support/tmp.ts'

/** What was made of a database; the time of a migration is another with each. */
async function schemaOf(folder: string): Promise<unknown> {
  const store = await openStore(`sqlite:${path.join(folder, 'test.db')}`)
  try {
    const tables = await sql`select type, name, sql from sqlite_master order by name`.execute(
      store.db,
    )
    const steps = await sql`select name from tallyman_migration order by name`.execute(store.db)
    return [tables.rows, steps.rows]
  } finally {
    await store.close()
  }
}

/** It has no file to import, which is found out afterwards. */
const MAKES_A_DATABASE = ['import', 'missing.csv', '--into', 'people']

test('a new database whose tables are being made when its process is killed is made all the same', async () => {
  const chance = aChance('migration')
  const calm = tmpDir()
  await tallyman(calm, MAKES_A_DATABASE)
  const whole = await schemaOf(calm)
  for (let round = 0; round < rounds(4, 40); round++) {
    const folder = tmpDir()
    const child = start(folder, MAKES_A_DATABASE)
    const end = ended(child)
    while (!existsSync(path.join(folder, 'test.db')) && child.exitCode === null) await pause(1)
    await pause(chance.below(40))
    child.kill('SIGKILL')
    await end
    expect(await schemaOf(folder)).toEqual(whole)
  }
}, 600_000)
