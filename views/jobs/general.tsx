import type { Child } from 'hono/jsx'
import { SUCCESSES, type Counter } from '../../src/domain/counters.ts'
import { failureMessage, hasResult, type Job } from '../../src/domain/job.ts'
import type { Warnings } from '../../src/engine/warnings.ts'
import {
  counterLabelOf,
  messageText,
  typeLabel,
  type CounterLabel,
} from '../../src/i18n/catalogue.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Facts, type Fact } from '../parts/facts.tsx'
import { Tally } from '../parts/tally.tsx'
import { dateTime, duration, NOTHING, number, type Ui } from '../ui.ts'
import { JobWarnings } from './job-warnings.tsx'

const OUTCOMES = [
  'success',
  'empty',
  'errors',
  'warnings',
  'rejects',
  'doubles',
  'duplicates',
] as const satisfies Counter[]
const WRITES = [...SUCCESSES, 'ignored'] as const satisfies Counter[]

/** Everything that is known of a job, in the groups in which the field's consoles show it. */
export function GeneralFacts({ ui, job, warnings }: { ui: Ui; job: Job; warnings: Warnings }) {
  return (
    <div class="general">
      <Tally ui={ui} job={job} />
      <JobWarnings ui={ui} job={job} warnings={warnings} />
      <div class="fact-groups">
        <Facts title={ui.text.general.execution} facts={executionOf(ui, job)} />
        <Facts numeric title={ui.text.general.counters} facts={countersOf(ui, job)} />
        <Facts numeric title={ui.text.general.lowLevel} facts={lowLevelOf(ui, job)} />
        <Facts title={ui.text.general.others} facts={othersOf(ui, job)} />
      </div>
    </div>
  )
}

function executionOf(ui: Ui, job: Job): Fact[] {
  const { text } = ui
  return [
    { name: text.general.type, value: typeLabel(ui.language, job.type) },
    { name: text.general.startedAt, value: dateTime(ui, job.started_at) },
    { name: text.general.endedAt, value: dateTime(ui, job.ended_at) },
    { name: text.general.duration, value: duration(ui, job) },
  ]
}

export function countersOf(ui: Ui, job: Job): Fact[] {
  const { counters, total } = job
  return [
    counterFact(ui, job, 'total', total),
    counterFact(ui, job, 'processed', counters.processed),
    ...OUTCOMES.map((counter) => counterFact(ui, job, counter, counters[counter])),
  ]
}

export function lowLevelOf(ui: Ui, job: Job): Fact[] {
  const { type, counters, total, bytes_read, batches } = job
  const bytes = type === 'export' ? 'bytes_written' : 'bytes_read'
  return [
    ...WRITES.map((counter) => counterFact(ui, job, counter, counters[counter])),
    counterFact(ui, job, 'rejected', counters.rejects),
    counterFact(ui, job, 'unprocessed', total === null ? null : total - counters.processed),
    counterFact(ui, job, bytes, bytes_read),
    counterFact(ui, job, 'batches', batches),
  ]
}

function counterFact(ui: Ui, job: Job, counter: CounterLabel, value: number | null): Fact {
  return { name: counterLabelOf(ui.language, counter, job), value: number(ui, value), key: counter }
}

export function othersOf(ui: Ui, job: Job): Fact[] {
  const { text } = ui
  const { rerun_of: origin } = job
  const failure = failureMessage(job)
  return [
    { name: text.general.createdBy, value: job.created_by },
    { name: text.general.createdAt, value: dateTime(ui, job.created_at) },
    { name: text.general.startedBy, value: job.started_by ?? NOTHING },
    ...(origin === null
      ? []
      : [{ name: text.general.origin, value: <a href={`${ui.base}/jobs/${origin}`}>{origin}</a> }]),
    { name: text.general.fileName, value: fileOf(ui, job) },
    { name: text.general.fileSize, value: bytes(ui, job.file_size) },
    { name: text.general.sha256, value: <Code text={job.file_sha256} /> },
    { name: text.general.targetTable, value: job.target_table },
    { name: text.general.worker, value: job.worker ?? NOTHING },
    { name: text.general.attempts, value: number(ui, job.attempts) },
    ...(failure === undefined
      ? []
      : [{ name: text.report.failure, value: messageText(ui.language, failure) }]),
  ]
}

/** A result that is complete can be fetched from here. */
function fileOf({ base }: Ui, job: Job): Child {
  const { id, file_name } = job
  if (!hasResult(job)) return file_name
  return (
    <a href={`${base}/jobs/${id}/file`} download={shown(file_name)}>
      {shown(file_name)}
    </a>
  )
}

function bytes(ui: Ui, size: number | null): string {
  return size === null ? NOTHING : `${number(ui, size)} ${ui.text.general.bytes}`
}

function Code({ text }: { text: string | null }) {
  return <code class="hash">{text ?? NOTHING}</code>
}
