import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { expect } from 'vitest'
import { allowedCommands } from '../../../src/domain/states/commands.ts'
import { ConflictError } from '../../../src/domain/words/errors.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { runAgain } from '../../../src/engine/lifecycle/run-again.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { expectMove, OPERATORS, type ExpectedJob, type Model, type System } from './system.ts'
import { step } from './step.ts'

/** A job that is cancelled moves no more, so that cancelling is rare. */
export const anEvent = fc.oneof(
  { weight: 10, arbitrary: fc.constant('start' as const) },
  { weight: 5, arbitrary: fc.constant('pause' as const) },
  { weight: 1, arbitrary: fc.constant('cancel' as const) },
)
const NEW_JOB = importJob(
  parseImportSpecification({ path: '/data/crates.csv', table: 'crate' }),
  {},
)
/** So that they meet at the same ones. */
const MOST_JOBS = 5

const anOperator = fc.nat({ max: OPERATORS.length - 1 })
const aJobAt = fc.nat({ max: 9 })

/** What operators do, each at a random time to a random job. */
export const OPERATORS_STEPS = [
  anOperator.map((who) =>
    step(`${OPERATORS[who]} makes a job`, async (model, system) => {
      if (model.jobs.size >= MOST_JOBS) return
      const { id } = await createJob(dbOf(system, who), { ...NEW_JOB, status: 'editing' }, act(who))
      model.jobs.set(id, fresh('editing'))
    }),
  ),
  fc.tuple(anOperator, anEvent, aJobAt).map(([who, event, at]) =>
    onJob(`${OPERATORS[who]} asks for ${event}`, at, async (id, job, _model, system) => {
      const asked = isTaken(transition(dbOf(system, who), id, event, act(who)))
      expect(await asked).toBe(expectMove(job, event, OPERATORS[who] ?? ''))
    }),
  ),
  fc.tuple(anOperator, aJobAt).map(([who, at]) =>
    onJob(`${OPERATORS[who]} runs a job again`, at, async (id, job, model, system) => {
      if (model.jobs.size >= MOST_JOBS) return
      let made = 0
      const asked = runAgain(dbOf(system, who), id, act(who)).then((again) => (made = again.id))
      expect(await isTaken(asked)).toBe(allowedCommands(job.status).includes('run_again'))
      if (made > 0) model.jobs.set(made, fresh('start_pending'))
    }),
  ),
  fc.tuple(anOperator, aJobAt).map(([who, at]) =>
    onJob(`${OPERATORS[who]} deletes a job`, at, async (id, job, model, system) => {
      const asked = deleteJob(dbOf(system, who), id, {
        ...act(who),
        files: filesIn(tmpdir()),
      })
      const isDeleted = await isTaken(asked)
      expect(isDeleted).toBe(allowedCommands(job.status).includes('delete'))
      if (isDeleted && model.jobs.delete(id)) model.deleted.push(job)
    }),
  ),
]

/** Whether what was asked for was done; everything but a refusal is a bug. */
export async function isTaken(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked
    return true
  } catch (error) {
    if (error instanceof ConflictError) return false
    throw error
  }
}

export function act(who: number): { actor: string; now: Date } {
  return { actor: OPERATORS[who] ?? '', now: new Date() }
}

type OnJob = (id: number, job: ExpectedJob, model: Model, system: System) => Promise<void>

/** Nothing happens where there is no job yet. */
export function onJob(name: string, at: number, run: OnJob) {
  return step(name, async (model, system) => {
    const entries = [...model.jobs]
    const found = entries[at % Math.max(entries.length, 1)]
    if (found !== undefined) await run(found[0], found[1], model, system)
  })
}

function dbOf({ operators, store }: System, who: number) {
  return operators[who] ?? store.db
}

function fresh(status: 'editing' | 'start_pending'): ExpectedJob {
  return { status, claim: null, processed: 0, deaths: 0, diedAfter: null, moves: [] }
}
