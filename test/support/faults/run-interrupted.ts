import { sql } from 'kysely'
import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { balances } from '../../../src/domain/jobs/counters.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { cleanUpAll } from '../../../src/worker/cleanup/clear-up.ts'
import { inSnapshot } from '../../../src/engine/ground/in-snapshot.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { rowsBeside } from '../../../src/engine/ground/rows-beside.ts'
import { OPERATOR } from '../jobs/a-job.ts'
import { rescueSilent } from '../jobs/a-rescuer.ts'
import { expectHonest } from '../jobs/honest-journal.ts'
import { expectAgreement } from '../jobs/verified.ts'
import { INTERRUPTIONS, isKill, tryEvent, type InterruptionName } from './interruptions.ts'
import type { Chance } from './chance.ts'
import { asCommand, type Launch } from './process-under-test.ts'
import { aSite, aJobUnderTest, remainsOf, type Kind, type JobUnderTest } from './job-under-test.ts'
import { runWaiting } from '../jobs/run-waiting.ts'

/** What such a job comes to when nobody disturbs it. */
export async function undisturbed(kind: Kind, folder: string) {
  const subject = await aJobUnderTest(kind, mkdtempSync(path.join(folder, 'calm-')))
  await runWaiting(subject.store, { worker: 'calm' })
  return await remainsOf(subject)
}

/**
 * Injects the faults one after the other into processes that run the job, and lets it come to its end.
 * Where it is over before, the next job takes what is left, and a kill that came too late. Every
 * one of them must come to the same as one that nobody disturbed.
 * @returns how many processes were killed; not those that ended themselves by SIGKILL, as one that
 * stops while SQLite reads
 */
export async function runInterrupted(
  kind: Kind,
  names: InterruptionName[],
  { folder, launch, chance }: { folder: string; launch: Launch; chance: Chance },
): Promise<number> {
  const calm = await undisturbed(kind, folder)
  const left = [...names]
  let kills = 0
  do {
    const place = mkdtempSync(path.join(folder, 'hurt-'))
    const subject =
      launch === asCommand
        ? { ...(await aSite(kind, place)), id: 1 }
        : await aJobUnderTest(kind, place)
    kills += await suffer(subject, left, launch, chance)
    await cleanUpAll(subject.store)
    expect(await remainsOf(subject)).toEqual(calm)
    await expectHonest(subject.store.db, subject.id, operatorsOf(await jobOf(subject)))
    await expectAgreement(subject.store)
  } while (left.length > 0)
  return kills
}

async function suffer(
  subject: JobUnderTest,
  left: InterruptionName[],
  launch: Launch,
  chance: Chance,
): Promise<number> {
  let kills = 0
  for (;;) {
    const job = await jobOf(subject)
    await expectAgreement(subject.store)
    if (job?.status === 'finished') return kills
    if (job !== undefined) await expectInOrder(subject, job)
    if (launch !== asCommand && (job?.status === 'failed' || job?.status === 'paused')) {
      await tryEvent(subject, 'start')
    }
    const child = await launch(subject)
    const interruption = left.shift()
    if (interruption !== undefined) await INTERRUPTIONS[interruption](child, subject, chance)
    await child.gone()
    if (interruption !== undefined && isKill(interruption)) {
      if (child.wasKilled()) kills++
      else left.unshift(interruption)
    }
    await rescueFrom(subject)
  }
}

/** Takes the job from a silent worker as a rescuer does, without the wait for the lease. */
export async function rescueFrom({ store }: JobUnderTest): Promise<void> {
  await rescueSilent(store.db)
}

/** Between two interruptions, when nobody runs the job. */
async function expectInOrder({ store, kind }: JobUnderTest, job: Job): Promise<void> {
  expect(['start_pending', 'paused', 'failed']).toContain(job.status)
  if (job.status === 'failed') expect(job.failure_reason).toBe('worker_died')
  expect(balances(job.counters, job.total)).toBe(true)
  const kept = await sql<{ n: number }>`select count(*) as n from tallyman_postponed`.execute(
    store.db,
  )
  const waiting = kind === 'tree' ? (job.checkpoint?.postponed ?? 0) : 0
  expect(kept.rows[0]?.n).toBe(waiting)
  if (!['import', 'import under rules', 'tree', 'uploads'].includes(kind)) return
  const rows = await inSnapshot(store.db, async (trx) => {
    const beside = await rowsBeside(trx, job.id)
    return { beside, all: await store.tables.count(store.db, 'person') }
  })
  expect(rows.all).toBe(500 + job.counters.inserted + rows.beside)
}

async function jobOf({ store, id }: JobUnderTest): Promise<Job | undefined> {
  return await findJob(store.db, id)
}

/** Whoever typed the command is an operator as well. */
function operatorsOf(job: Job | undefined): string[] {
  return [OPERATOR, job?.created_by ?? OPERATOR, job?.started_by ?? OPERATOR]
}
