import { describe, expect, test } from 'vitest'
import { allowedCommands, BULK_COMMANDS } from '../../../src/domain/states/commands.ts'
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
} from '../../../src/domain/words/errors.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { commandJobs } from '../../../src/engine/lifecycle/command-jobs.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { after, aJob } from '../../support/jobs/a-job.ts'
import { databases } from '../../support/databases.ts'

const ACT = { actor: 'eva', now: after(60), files: filesIn('/no/outbox') }

describe.each(databases)('commands to many jobs on %s', (_name, open) => {
  test.each(BULK_COMMANDS)(
    '%s is done by each job that shows its button, and refused by each other one',
    async (command) => {
      const { db } = await open()
      const jobs = await Promise.all(JOB_STATUSES.map((status) => aJob(db, { status })))

      const outcomes = await commandJobs(
        db,
        jobs.map(({ id }) => id),
        command,
        ACT,
      )

      expect(outcomes.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id))
      for (const [index, { id, refusal, status }] of outcomes.entries()) {
        const before = jobs[index]
        const isAllowed = allowedCommands(before?.status ?? 'running').includes(command)
        const now = await findJob(db, id)
        expect(status).toBe(isAllowed ? now?.status : undefined)
        if (!isAllowed) {
          expect(refusal).toBeInstanceOf(ConflictError)
          expect(now).toEqual(before)
        } else {
          expect(refusal).toBeUndefined()
          expect(now?.status).not.toBe(before?.status)
        }
      }
    },
  )

  test('a job that is named twice is commanded once, and one that is not there holds up none', async () => {
    const { db } = await open()
    const { id } = await aJob(db)
    const outcomes = await commandJobs(db, [id, 99, id], 'start', ACT)
    expect(outcomes).toMatchObject([{ id, status: 'start_pending' }, { id: 99 }])
    expect(outcomes[1]?.refusal).toBeInstanceOf(NotFoundError)
    const journal = await journalAfter(db, id, { after: 0, limit: 9 })
    expect(journal.map(({ code, actor }) => [code, actor])).toEqual([
      ['TLY-1001', 'ana'],
      ['TLY-1002', 'eva'],
    ])
  })

  test('so many are taken, and not one more', async () => {
    const { db } = await open()
    const ids = Array.from({ length: 200 }, (_, n) => n + 1)
    expect(await commandJobs(db, ids, 'pause', ACT)).toHaveLength(200)
    await expect(commandJobs(db, [...ids, 201], 'pause', ACT)).rejects.toThrow(InvalidInputError)
  })
})
