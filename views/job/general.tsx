import type { Child } from 'hono/jsx'
import { SUCCESSES, type Counter } from '../../src/domain/jobs/counters.ts'
import { severalFilesOf } from '../../src/domain/records/source-files.ts'
import { hasResult, type Job } from '../../src/domain/jobs/job.ts'
import type { Repairs } from '../../src/engine/repair/repairs-of.ts'
import type { Warnings } from '../../src/engine/jobs/warnings.ts'
import { counterLabelOf, typeLabel } from '../../src/i18n/catalogue.ts'
import { failureOnPage } from '../../src/i18n/outcome.ts'
import { shown } from '../../src/i18n/shown.ts'
import { Facts, type Fact } from '../parts/facts.tsx'
import { Tally } from '../parts/tally.tsx'
import { dateTime, duration, NOTHING, number, type Ui } from '../ground/ui.ts'
import { JobWarnings } from '../tabs/job-warnings.tsx'
import { RepairNote } from '../repair/repair-state.tsx'
import { RejectReasons, type ReasonKind } from '../rejects/reject-reasons.tsx'
import { rejectsUrl } from '../rejects/rejects-url.ts'
import type { CounterLabel } from '../../src/i18n/en/words.ts'

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

type GeneralProps = { ui: Ui; job: Job; warnings: Warnings; repairs: Repairs | undefined }

/** The outcome of a job, and all its details on demand. */
export function GeneralFacts({ kinds, ...props }: GeneralProps & { kinds: ReasonKind[] }) {
  const { ui, job, repairs } = props
  return (
    <div class="general">
      {job.status !== 'editing' && <JobTally {...props} />}
      <RepairNote ui={ui} job={job} repairs={repairs} />
      <RejectReasons ui={ui} job={job} kinds={kinds} />
      <JobWarnings {...props} />
      <details id="all-counters" class="all-counters">
        <summary>{ui.text.jobPage.ledger.all}</summary>
        <FactGroups ui={ui} job={job} />
      </details>
    </div>
  )
}

/** The same for print, where nothing opens and rejects have a section of their own. */
export function PrintedFacts(props: GeneralProps) {
  const { ui, job, repairs } = props
  return (
    <div class="general">
      <JobTally {...props} />
      <RepairNote ui={ui} job={job} repairs={repairs} />
      <JobWarnings {...props} />
      <FactGroups ui={ui} job={job} />
    </div>
  )
}

function JobTally({ ui, job, warnings }: GeneralProps) {
  const url = rejectsUrl(ui, job.id, { type: 'error' })
  return <Tally ui={ui} job={job} rejectsUrl={url} isWarned={warnings.count > 0} />
}

/** All details, in groups. */
function FactGroups({ ui, job }: { ui: Ui; job: Job }) {
  const { general } = ui.text
  return (
    <div class="fact-groups">
      <Facts title={general.execution} facts={executionOf(ui, job)} />
      <Facts numeric title={general.counters} facts={countersOf(ui, job)} />
      <Facts numeric title={general.lowLevel} facts={lowLevelOf(ui, job)} />
      <Facts title={general.others} facts={othersOf(ui, job)} />
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

function countersOf(ui: Ui, job: Job): Fact[] {
  const { counters, total } = job
  return [
    counterFact(ui, job, 'total', total),
    counterFact(ui, job, 'processed', counters.processed),
    ...OUTCOMES.map((counter) => counterFact(ui, job, counter, counters[counter])),
  ]
}

function lowLevelOf(ui: Ui, job: Job): Fact[] {
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

function othersOf(ui: Ui, job: Job): Fact[] {
  const { text } = ui
  const { rerun_of: origin } = job
  const failure = failureOnPage(ui.language, job)
  return [
    { name: text.general.createdBy, value: job.created_by },
    { name: text.general.createdAt, value: dateTime(ui, job.created_at) },
    { name: text.general.startedBy, value: job.started_by ?? NOTHING },
    ...(origin === null
      ? []
      : [{ name: text.general.origin, value: <a href={`${ui.base}/jobs/${origin}`}>{origin}</a> }]),
    ...filesOf(ui, job),
    { name: text.general.targetTable, value: job.target_table },
    { name: text.general.worker, value: job.worker ?? NOTHING },
    ...(job.priority === 0
      ? []
      : [{ name: text.general.priority, value: number(ui, job.priority) }]),
    { name: text.general.attempts, value: number(ui, job.attempts) },
    ...(failure === undefined ? [] : [{ name: text.report.failure, value: failure }]),
  ]
}

/** The file with its size and hash, or each of several. */
function filesOf(ui: Ui, job: Job): Fact[] {
  const { fileName, fileSize, sha256 } = ui.text.general
  const several = severalFilesOf(job)
  if (several.length === 0) {
    return [
      { name: fileName, value: fileOf(ui, job) },
      { name: fileSize, value: bytes(ui, job.file_size) },
      { name: sha256, value: <Code text={job.file_sha256} /> },
    ]
  }
  const files = several.map(({ name, size, sha256: hash }) => (
    <li>
      {shown(name)}, {bytes(ui, size)} <Code text={hash} />
    </li>
  ))
  return [
    { name: fileName, value: <ol class="source-files">{files}</ol> },
    { name: fileSize, value: bytes(ui, job.file_size) },
  ]
}

/** Links to a complete result file. */
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
