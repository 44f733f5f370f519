import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseExportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { claimNextJob } from '../../../src/engine/lifecycle/claim.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { exportJob } from '../../../src/engine/jobs/new-job.ts'
import { reportOutcome } from '../../../src/worker/run/report-outcome.ts'
import { startRunClock } from '../../../src/worker/run/run-clock.ts'
import { freshStore } from '../../support/pipeline/an-import.ts'
import { anIdentity } from '../../support/jobs/an-identity.ts'
import { aLog } from '../../support/programs/a-log.ts'

test.each([
  ['cancel', 'cancelled', false],
  ['pause', 'paused', true],
] as const)(
  'an export that obeys %s is %s (its part stays: %s), and needs nobody to clear up behind it',
  async (event, status, stays) => {
    const { store, folder } = await freshStore()
    const result = path.join(folder, 'out.csv')
    const specification = parseExportSpecification({ table: 'person', path: result })
    const by = { now: new Date(), actor: 'ana' }
    const { id } = await createJob(
      store.db,
      { ...exportJob(specification, {}), status: 'start_pending' },
      by,
    )
    await claimNextJob(store.db, { claim: 'mine', worker: anIdentity('me'), now: new Date() })
    const part = `${result}.tallyman-${id}.part`
    writeFileSync(part, 'id,name\n')
    await transition(store.db, id, event, by)

    const { db, file } = store
    const ranMs = startRunClock({ duration_ms: 0 })
    await reportOutcome(
      {
        db,
        emergencySpace: file?.emergencySpace,
        jobId: id,
        claim: 'mine',
        worker: 'me',
        ranMs,
        log: aLog().log,
      },
      'stopped',
    )
    expect((await requireJob(store.db, id)).status).toBe(status)
    expect(existsSync(part)).toBe(stays)
  },
)
