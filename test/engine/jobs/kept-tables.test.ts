import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { editJob } from '../../../src/engine/jobs/edit-job.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { lastRuns } from '../../../src/engine/list/last-runs.ts'
import { deleteTemplate, saveTemplate } from '../../../src/engine/templates/save-template.ts'
import { templateOfTable } from '../../../src/engine/templates/template-of-table.ts'
import { verifyJob } from '../../../src/engine/verify/verify-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { NOON, OPERATOR, WORKER } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'
import { tmpDir } from '../../support/tmp.ts'

const BY = { now: NOON, actor: OPERATOR }
const TABLE = 'Customers'

async function aRun(db: Db, table = TABLE): Promise<number> {
  const specification = parseImportSpecification({ path: '/data/a.csv', table })
  const { id } = await createJob(db, importJob(specification, {}), BY)
  await transition(db, id, 'start', BY)
  await transition(db, id, 'claim', { ...BY, actor: WORKER, claim: `run ${id}` })
  await transition(db, id, 'cancel', BY)
  await transition(db, id, 'halt', { ...BY, actor: WORKER, claim: `run ${id}` })
  return id
}

describe.each(databases)('on %s, of a table whose name has capitals', (_name, open) => {
  test('the last runs are shown', async () => {
    const { db } = await open()
    const ids = [await aRun(db), await aRun(db)]
    const runs = await lastRuns(db, await requireJob(db, ids[0] ?? 0))
    expect(runs.map(({ id }) => id)).toEqual(ids)
  })

  test('a deleted job is told with the name that it had', async () => {
    const { db } = await open()
    const id = await aRun(db)
    await deleteJob(db, id, { ...BY, files: filesIn(tmpDir()) })
    const removed = await db.selectFrom('tallyman_removal').select('target_table').execute()
    expect(removed).toEqual([{ target_table: TABLE }])
  })

  test('a job that keeps its table keeps its template, also a deleted one', async () => {
    const { db } = await open()
    const parts = { table: TABLE }
    const texts = { name: 'Each day', description: '' }
    const saved = { ...BY, replaces: false }
    const { key } = await saveTemplate(db, { ...texts, type: 'import', parts }, saved)
    const specification = parseImportSpecification({ path: '/data/a.csv', table: TABLE })
    const made = { ...importJob(specification, {}), template: key }
    const job = await createJob(db, made, BY)
    await deleteTemplate(db, key)
    expect(await templateOfTable(db, job, TABLE)).toBe(key)
  })
})

describe.each(databases)('on %s, a job of an older version', (_name, open) => {
  test('agrees with its name as it was kept then, also with another label', async () => {
    const { db } = await open()
    const id = await aRun(db, 'person')
    const table = 'public.person'
    await sql`update tallyman_job set target_table = ${table},
      search_text = replace(search_text, ${`\nperson\n`}, ${`\n${table}\n`}),
      specification = replace(specification, '"person"', ${`"${table}"`})`.execute(db)
    const problems = async () => {
      const job = await requireJob(db, id)
      return await db.transaction().execute((trx) => verifyJob(trx, job))
    }
    expect(await problems()).toEqual([])
    await editJob(db, id, { label: 'People', description: '' }, BY)
    expect(await problems()).toEqual([])
    const runs = await lastRuns(db, await requireJob(db, id))
    expect(runs.map((run) => run.id)).toEqual([id])
  })
})
