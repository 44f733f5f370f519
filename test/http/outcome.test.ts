import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/store.ts'
import type { Failure } from '../../src/domain/words/failures.ts'
import type { JobStatus } from '../../src/domain/states/status.ts'
import { commitBatch } from '../../src/engine/lifecycle/batch.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { aBatch } from '../support/jobs/a-batch.ts'
import { after, aJob, WORKER, BROKEN } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../support/pages/html.ts'

type Ended = Extract<JobStatus, 'finished' | 'failed' | 'cancelled'>
type Kind = {
  status: Ended
  counters: Parameters<typeof aBatch>[0]['counters']
  dryRun?: boolean
  en: string
  es: string
  icon: string
}

const REJECTED = { success: 0, inserted: 0, rejects: 10, errors: 10 }
const NOTHING = { processed: 0, success: 0, inserted: 0 }
const SOME = { success: 8, inserted: 8, rejects: 2, errors: 2 }

const TRIED_OUT: Kind = {
  status: 'finished',
  counters: SOME,
  dryRun: true,
  en: 'dry run 2 would be rejected',
  es: 'simulación 2 se rechazarían',
  icon: 'finished_tried',
}

/** What is said beside the status, by what came of the job. */
const KINDS: Record<string, Kind> = {
  all_written: { status: 'finished', counters: {}, en: '', es: '', icon: 'finished' },
  unchanged: {
    status: 'finished',
    counters: { inserted: 0, unchanged: 10 },
    en: '',
    es: '',
    icon: 'finished_idle',
  },
  nothing_written: {
    status: 'finished',
    counters: NOTHING,
    en: 'nothing written',
    es: 'no se escribió nada',
    icon: 'finished_idle',
  },
  some_rejected: {
    status: 'finished',
    counters: SOME,
    en: '2 rejects (20.0%)',
    es: '2 rechazos (20,0 %)',
    icon: 'finished_rejects',
  },
  all_rejected: {
    status: 'finished',
    counters: REJECTED,
    en: 'all 10 rejected',
    es: 'todos rechazados (10)',
    icon: 'finished_rejected',
  },
  tried_out: TRIED_OUT,
  failed: {
    status: 'failed',
    counters: REJECTED,
    en: 'all 10 rejected',
    es: 'todos rechazados (10)',
    icon: 'failed',
  },
  cancelled: {
    status: 'cancelled',
    counters: NOTHING,
    en: 'nothing written',
    es: 'no se escribió nada',
    icon: 'cancelled',
  },
}

async function aJobThatCame(
  db: Db,
  { status, counters, dryRun = false }: Kind,
  failure: Failure = BROKEN,
): Promise<number> {
  const { id, claim } = await aJob(db, {
    status: status === 'cancelled' ? 'cancelling' : 'running',
  })
  if (dryRun) {
    await sql`update tallyman_job set dry_run = 1,
              specification = replace(specification, '"dryRun":false', '"dryRun":true')`.execute(db)
  }
  const report = aBatch({ jobId: id, claim: claim ?? '', counters: counters ?? {}, total: 10 })
  await db.transaction().execute((trx) => commitBatch(trx, report))
  const event = { finished: 'finish', failed: 'fail', cancelled: 'halt' } as const
  await transition(db, id, event[status], {
    actor: WORKER,
    now: after(11),
    claim: claim ?? '',
    failure,
  })
  return id
}

describe.each(Object.entries(KINDS))('what came of a job, %s,', (_name, kind) => {
  test.each(['en', 'es'] as const)('is said on every page of it, in %s', async (language) => {
    const { db, get } = await anApp()
    const id = await aJobThatCame(db, kind)
    const paths = [
      '/jobs',
      ...['', '/journal', '/rejects', '/report', '/delete'].map((tab) => `/jobs/${id}${tab}`),
    ]
    for (const path of paths) {
      const page = await pageOf(await get(path, { 'accept-language': language }))
      const badge = page.querySelector('.status-badge')
      expect(textsOf(page, '.chip').join(' '), path).toBe(kind[language])
      expect(badge?.querySelector('.icon')?.classList.contains(`icon-${kind.icon}`), path).toBe(
        true,
      )
      const bars = page.querySelectorAll('.outcome-bar').length
      expect(bars, path).toBe(path.endsWith('/delete') ? 0 : 1)
    }
  })
})

test('a job that ends with a record says so of its sum, in which what follows is not counted', async () => {
  const { db, get } = await anApp()
  const id = await aJobThatCame(db, { ...TRIED_OUT, dryRun: false })
  await sql`update tallyman_job set
    specification = replace(specification, '"lastRecord":null', '"lastRecord":10')`.execute(db)
  const page = await pageOf(await get(`/jobs/${id}`))
  expect(textsOf(page, '.ledger tr').at(-1)).toBe('10records of the file, up to record 10')
})

test('a dry run says of nothing that it was done', async () => {
  const { db, get } = await anApp()
  const id = await aJobThatCame(db, TRIED_OUT)
  const page = await pageOf(await get(`/jobs/${id}`))
  expect(textsOf(page, '.outcome-legend li')).toEqual(['8 would be written', '2 would be rejected'])
  expect(textsOf(page, '.ledger tr')).toContain('8Would be inserted80.0%')
  expect(textOf(page.querySelector('title'))).toContain('Finished (dry run)')
})

test.each([
  [
    'en',
    { success: 2, unchanged: 2, ignored: 1 },
    '3 would stay unchanged or be ignored',
    'The first 7 records would all be rejected',
  ],
  [
    'en',
    { success: 3, reconciled: 3 },
    '3 would be found, stay unchanged or be ignored',
    'Would be reconciled',
  ],
  [
    'es',
    { success: 2, unchanged: 2, ignored: 1 },
    '3 quedarían sin cambios o se ignorarían',
    'Los primeros 7 registros se rechazarían todos',
  ],
  [
    'es',
    { success: 3, reconciled: 3 },
    '3 se encontrarían, quedarían sin cambios o se ignorarían',
    'Se reconciliarían',
  ],
])('of a dry run all is told as what would be, in "%s": %o', async (language, kept, ...words) => {
  const { db, get } = await anApp()
  const counters = { ...SOME, inserted: 0, rejects: 7, errors: 7, ...kept }
  const failed = { ...TRIED_OUT, status: 'failed', counters } as const
  const failure = { reason: 'all_rejected', params: { count: 7 } } as const
  const id = await aJobThatCame(db, failed, failure)
  const told: string[] = []
  for (const path of ['/jobs', `/jobs/${id}`, `/jobs/${id}/report`, '/']) {
    const page = await pageOf(await get(path, { 'accept-language': language }))
    const main = page.querySelectorAll('main > *').filter((one) => !one.matches('.report'))
    told.push(textOf(page.querySelector('main')))
    expect(main.map(textOf).join(' '), path).not.toMatch(/were all rejected|se han rechazado todos/)
  }
  for (const sentence of words) expect(told.join(' ')).toContain(sentence)
})

test.each([
  ['en', '10 deleted', '10 would be deleted', 'what was deleted from the table person'],
  ['es', '10 eliminados', '10 se eliminarían', 'lo eliminado hasta ahora de la tabla person'],
])('what was deleted is not said to be written, in "%s"', async (language, is, would, stays) => {
  const { db, get } = await anApp()
  const deleted = { inserted: 0, deleted: 10 }
  for (const [dryRun, words] of [
    [false, is],
    [true, would],
  ] as const) {
    const id = await aJobThatCame(db, { ...TRIED_OUT, counters: deleted, dryRun })
    const page = await pageOf(await get(`/jobs/${id}`, { 'accept-language': language }))
    expect(textsOf(page, '.outcome-legend li')).toEqual([words])
  }
  const { id, claim } = await aJob(db, { status: 'running' })
  const report = aBatch({ jobId: id, claim: claim ?? '', counters: deleted, total: 10 })
  await db.transaction().execute((trx) => commitBatch(trx, report))
  const question = await pageOf(await get(`/jobs/${id}/cancel`, { 'accept-language': language }))
  expect(textOf(question.querySelector('main form'))).toContain(stays)
})

test.each([
  ['en', 'Finished: dry run, 2 would be rejected'],
  ['es', 'Finalizado: simulación, 2 se rechazarían'],
])(
  'what is announced of a job is no more than what came of it, in "%s"',
  async (language, words) => {
    const { db, get } = await anApp()
    const id = await aJobThatCame(db, TRIED_OUT)
    const page = await pageOf(await get(`/jobs/${id}`, { 'accept-language': language }))
    expect(textOf(page.querySelector('#job-announcement'))).toBe(words)
  },
)

test('the tally promises nothing of a job that has read nothing', async () => {
  const { db, get } = await anApp()
  const { id } = await aJob(db)
  const before = await pageOf(await get(`/jobs/${id}`))
  expect(before.querySelector('.tally-verdict')).toBeNull()
  const running = await aJob(db, { status: 'running' })
  const report = aBatch({ jobId: running.id, claim: running.claim ?? '' })
  await db.transaction().execute((trx) => commitBatch(trx, report))
  const meanwhile = await pageOf(await get(`/jobs/${running.id}`))
  expect(textOf(meanwhile.querySelector('.tally-verdict'))).toContain('balances so far')
})
