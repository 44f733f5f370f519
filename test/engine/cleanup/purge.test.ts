import { describe, expect, test } from 'vitest'
import type { Db } from '../../../src/db/store.ts'
import { JOB_STATUSES, isOver } from '../../../src/domain/states/status.ts'
import type { JobFiles } from '../../../src/engine/cleanup/delete-job.ts'
import { purge, type Purged } from '../../../src/engine/cleanup/purge.ts'
import { iterateDeletionLog } from '../../../src/engine/cleanup/deletion-log.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { aJob, after, NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { all } from '../../support/all.ts'
import { databases } from '../../support/databases.ts'

const DAY = 86_400
const nothing = () => Promise.resolve()
const FILES: JobFiles = { discardPart: nothing, discardResult: nothing }

function purgeAt(db: Db, seconds: number, keepDays = 30): Promise<Purged[]> {
  const now = after(seconds)
  const overBefore = after(seconds - keepDays * DAY)
  return all(purge(db, { now, overBefore, files: FILES }))
}

async function idsLeft(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('tallyman_job').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

describe.each(databases)('purging on %s', (_name, open) => {
  test('only jobs that are over for longer than asked for go, whatever they are', async () => {
    const { db } = await open()
    for (const status of JOB_STATUSES) await aJob(db, { status })
    const over = JOB_STATUSES.flatMap((status, at) => (isOver(status) ? [at + 1] : []))

    expect(await purgeAt(db, 30 * DAY)).toEqual([])
    const purged = await purgeAt(db, 30 * DAY + 1)
    expect(purged.map(({ id }) => id).toSorted()).toEqual(over)
    expect(await idsLeft(db)).toHaveLength(JOB_STATUSES.length - over.length)
    expect(await purgeAt(db, 60 * DAY)).toEqual([])
  })

  test('more jobs than one look finds all go, and one that cannot holds up no other', async () => {
    const { db } = await open()
    for (let at = 0; at < 130; at++) await aJob(db, { status: 'cancelled', now: after(-at) })
    const now = after(DAY)
    const fails = (job: { id: number }) =>
      job.id === 129 ? Promise.reject(new Error('no right')) : Promise.resolve()
    const purged = await all(
      purge(db, { now, overBefore: now, files: { ...FILES, discardPart: fails } }),
    )

    expect(purged).toHaveLength(130)
    expect(purged.filter(({ error }) => error !== undefined)).toMatchObject([{ id: 129 }])
    expect(await idsLeft(db)).toEqual([129])
  })

  test('what is purged stays on record: what it did, when it went, and why', async () => {
    const { db } = await open()
    const { id } = await aJob(db, { status: 'finished', label: 'Of last year' })
    await purgeAt(db, 31 * DAY)
    expect(await all(iterateDeletionLog(db))).toMatchObject([
      {
        job_id: id,
        label: 'Of last year',
        status: 'finished',
        target_table: 'person',
        created_by: OPERATOR,
        ended_at: NOON.toISOString(),
        dryRun: false,
        counters: { processed: 0, inserted: 0 },
        removed_at: after(31 * DAY).toISOString(),
        removed_by: 'retention',
      },
    ])
  })

  test('one that is started again between two looks stays', async () => {
    const { db } = await open()
    const first = await aJob(db, { status: 'failed' })
    const second = await aJob(db, { status: 'failed' })
    const purging = purge(db, { now: after(DAY), overBefore: after(DAY), files: FILES })
    expect((await purging.next()).value).toEqual({ id: first.id })
    await transition(db, second.id, 'start', { actor: OPERATOR, now: after(DAY) })
    expect((await purging.next()).done).toBe(true)
    expect(await idsLeft(db)).toEqual([second.id])
  })
})
