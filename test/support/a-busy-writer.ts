// A process of its own that writes as many batches of a hundred kilobytes as it is told.
import { sql } from 'kysely'
import { openStore } from '../../src/db/open.ts'

const [url = '', batches = ''] = process.argv.slice(2)
const store = await openStore(url)
for (let batch = 0; batch < Number(batches); batch++) {
  await store.db
    .transaction()
    .execute((trx) => sql`insert into filled values (zeroblob(100000))`.execute(trx))
}
await store.close()
