import { openRejectsOf, type Job } from '../../src/domain/jobs/job.ts'
import { isOver } from '../../src/domain/states/status.ts'
import type { LinkedRepair } from '../../src/engine/repair/repairs-of.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'

type RepairStateProps = { ui: Ui; job: Job; linked: LinkedRepair[] }

/** What became of a job's rejects: how many are repaired, by which jobs, set aside, and open. */
export function RepairState({ ui, job, linked }: RepairStateProps) {
  const { repair } = ui.text
  const amount = (text: string, n: number) => fill(text, { n: number(ui, n) })
  return (
    <p class="repair-state" id="repair-state">
      {amount(repair.rejected, job.counters.rejects)}
      {linked.map((one) => (
        <>
          {', '}
          <Linked ui={ui} one={one} />
        </>
      ))}
      {job.set_aside > 0 && `, ${amount(repair.setAside, job.set_aside)}`}
      {', '}
      <b>{amount(repair.stillOpen, openRejectsOf(job))}</b>
    </p>
  )
}

/** The same where something was repaired or set aside, and of a linked job what it repairs. */
export function RepairNote({ ui, job, linked }: RepairStateProps) {
  const { base, text } = ui
  const { repair } = text
  if (job.repair_of === null) {
    return job.repaired + job.set_aside > 0 ? (
      <RepairState ui={ui} job={job} linked={linked} />
    ) : null
  }
  const again = job.counters.rejects
  return (
    <p class="repair-state">
      {repair.repairs}{' '}
      <a href={`${base}/jobs/${job.repair_of}`}>{fill(repair.jobName, { id: job.repair_of })}</a>
      {again > 0 && `; ${fill(repair.openThere, { n: number(ui, again) })}`}
    </p>
  )
}

/** A job that is not over repairs; one that is over has repaired. */
function Linked({ ui, one: { job, repaired, status } }: { ui: Ui; one: LinkedRepair }) {
  const { base, language, text } = ui
  const { repair } = text
  const values = { n: number(ui, repaired) }
  if (status === undefined) return <>{fill(repair.repairedByDeleted, { ...values, id: job })}</>
  const isDone = isOver(status) && status !== 'failed'
  return (
    <>
      {fill(isDone ? repair.repairedBy : repair.underRepair, values)}{' '}
      <a href={`${base}/jobs/${job}`}>{fill(repair.jobName, { id: job })}</a>
      {!isDone && ` (${statusLabel(language, status)})`}
    </>
  )
}
