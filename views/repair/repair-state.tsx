import type { Child } from 'hono/jsx'
import { hasRepaired, openRejectsOf, type Job } from '../../src/domain/jobs/job.ts'
import type { RejectFate } from '../../src/engine/repair/fate-of-reject.ts'
import type { LinkedRepair, Repairs } from '../../src/engine/repair/repairs-of.ts'
import { statusLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, number, type Ui } from '../ground/ui.ts'
import { repairUrl } from './repair-url.ts'

/** Linked jobs that are over and told one by one. */
const MOST_DONE = 20

type RepairStateProps = { ui: Ui; job: Job; repairs: Repairs }

/**
 * What became of a job's rejects: how many are repaired, by which jobs, set aside, and open.
 * @param props.url of the repair page, where this is on another
 */
export function RepairState({ ui, job: given, repairs, url }: RepairStateProps & { url?: string }) {
  const job = { ...given, ...repairs.counts }
  const { repair } = ui.text
  const amount = (text: string, n: number) => fill(text, { n: number(ui, n) })
  const rest = repairs.linked.filter(isDone).slice(MOST_DONE)
  return (
    <>
      <p class="repair-state" id="repair-state">
        {amount(repair.rejected, job.counters.rejects)}
        {repairs.linked
          .filter((one) => !rest.includes(one))
          .map((one) => (
            <>
              {', '}
              <Linked ui={ui} one={one} />
            </>
          ))}
        {rest.length > 0 && `, ${wordsOfRest(ui, rest)}`}
        {job.set_aside > 0 && (
          <>
            {', '}
            <Leading url={url} id="repair-aside">
              {amount(repair.setAside, job.set_aside)}
            </Leading>
          </>
        )}
        {', '}
        <b>
          <Leading url={url} id="repair-open">
            {amount(repair.stillOpen, openRejectsOf(job))}
          </Leading>
        </b>
      </p>
      {repairs.linked.map((one) => (
        <Failed ui={ui} one={one} />
      ))}
    </>
  )
}

function isDone({ status }: LinkedRepair): boolean {
  return status === undefined || hasRepaired(status)
}

function wordsOfRest(ui: Ui, rest: LinkedRepair[]): string {
  const n = rest.reduce((sum, { repaired }) => sum + repaired, 0)
  return fill(ui.text.repair.repairedByMore, { n: number(ui, n), jobs: number(ui, rest.length) })
}

function Leading({ url, id, children }: { url: string | undefined; id: string; children: Child }) {
  if (url === undefined) return <>{children}</>
  return (
    <a href={url} id={id}>
      {children}
    </a>
  )
}

/** The same where something was repaired or set aside, and of a linked job what it repairs. */
export function RepairNote({
  ui,
  job,
  repairs,
}: Omit<RepairStateProps, 'repairs'> & { repairs: Repairs | undefined }) {
  const { base, text } = ui
  const { repair } = text
  if (job.repair_of === null) {
    if (repairs === undefined) return null
    const { repaired, set_aside } = repairs.counts
    return repaired + set_aside > 0 ? (
      <RepairState ui={ui} job={job} repairs={repairs} url={repairUrl(ui, job.id)} />
    ) : null
  }
  const again = job.counters.rejects
  const name = fill(repair.jobName, { id: job.repair_of })
  const isGone = repairs?.isFirstGone === true
  const words = isGone ? text.jobPage.rejectedOfGone : repair.openThere
  return (
    <p class="repair-state">
      {repair.repairs} {isGone ? name : <a href={`${base}/jobs/${job.repair_of}`}>{name}</a>}
      {isGone && text.jobPage.whichIsDeleted}
      {again > 0 && `; ${fill(words, { n: number(ui, again) })}`}
    </p>
  )
}

/** A job that is not over repairs; one that is over has repaired. */
function Linked({ ui, one }: { ui: Ui; one: LinkedRepair }) {
  const { job, repaired, status } = one
  const { base, language, text } = ui
  const { repair } = text
  const values = { n: number(ui, repaired) }
  if (status === undefined) return <>{fill(repair.repairedByDeleted, { ...values, id: job })}</>
  return (
    <>
      {fill(isDone(one) ? repair.repairedBy : repair.underRepair, values)}{' '}
      <a href={`${base}/jobs/${job}`}>{fill(repair.jobName, { id: job })}</a>
      {status === 'failed' && repair.whichFailed}
      {!isDone(one) && status !== 'failed' && ` (${statusLabel(language, status)})`}
    </>
  )
}

/** A linked job that failed keeps its records until somebody decides what becomes of it. */
function Failed({ ui, one: { job, repaired, status } }: { ui: Ui; one: LinkedRepair }) {
  if (status !== 'failed') return null
  const { repair } = ui.text
  return (
    <p class="repair-note" id={`repair-failed-${job}`}>
      {fill(repair.keptBy, { n: number(ui, repaired) })}{' '}
      <a href={`${ui.base}/jobs/${job}`}>{fill(repair.jobName, { id: job })}</a>
      {repair.keptUntil}
    </p>
  )
}

/** What became of one reject; of one that is open, nothing is said. */
export function RecordState({
  ui,
  id,
  fate,
}: {
  ui: Ui
  id: number
  fate: RejectFate | undefined
}) {
  if (fate === undefined) return null
  const { repair } = ui.text
  if (fate.kind === 'set_aside') {
    const { reason, by, at } = fate
    const values = { reason, by: shown(by), at: dateTime(ui, at) }
    return (
      <p class="repair-state" id="record-state">
        {fill(repair.recordSetAside, values)} <a href={repairUrl(ui, id)}>{repair.title}</a>
      </p>
    )
  }
  const { job, status } = fate
  if (status === undefined) {
    return (
      <p class="repair-state" id="record-state">
        {fill(repair.recordRepairedDeleted, { id: job })}
      </p>
    )
  }
  return (
    <p class="repair-state" id="record-state">
      {hasRepaired(status) ? repair.recordRepaired : repair.recordUnderRepair}{' '}
      <a href={`${ui.base}/jobs/${job}`}>{fill(repair.jobName, { id: job })}</a>
      {status === 'failed' && repair.whichFailed}
    </p>
  )
}
