import fc from 'fast-check'
import { openStore } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'
import { databaseIn } from '../databases.ts'
import { tmpDir } from '../tmp.ts'
import { aSeed, isLong } from './chance.ts'

/** Each case prepares statements of its own, and SQLite looks through all of a connection again and again. */
const CASES_A_STORE = 25

/** Holds a property in so many cases, with a new database for some of them at a time. */
export async function holdInManyCases<Case>(
  name: string,
  cases: number,
  arbitrary: fc.Arbitrary<Case>,
  holds: (store: Store, each: Case, folder: string) => Promise<void>,
): Promise<void> {
  const seed = aSeed(name)
  for (let done = 0; done < cases; done += CASES_A_STORE) {
    const folder = tmpDir()
    const store = await openStore(await databaseIn(folder, 'test.db'))
    const property = fc.asyncProperty(arbitrary, (each) => holds(store, each, folder))
    await fc
      .assert(property, { numRuns: CASES_A_STORE, seed: seed + done })
      .finally(() => store.close())
    if (isLong && done % 1000 === 0) console.log(`${name}: ${done + CASES_A_STORE} cases`)
  }
}
