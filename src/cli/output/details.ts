import { shownPath, type Job } from '../../domain/jobs/job.ts'
import { repairsOf, type LinkedRepair } from '../../engine/repair/repairs-of.ts'
import { findTemplate } from '../../engine/templates/templates.ts'
import {
  counterLabel,
  phrase,
  statusLabel,
  typeLabel,
  type Language,
} from '../../i18n/catalogue.ts'
import { formatDateTime, formatNumber } from '../../i18n/format.ts'
import { printLines } from './print.ts'
import type { Call } from '../ground/session.ts'
import { printSummary } from './summary.ts'

const COUNTED = ['doubles', 'duplicates', 'errors', 'warnings'] as const

export async function printDetails(call: Call, given: Job): Promise<void> {
  const { linked, counts } = await repairsOf(call.store.db, given)
  const job = { ...given, ...counts }
  await printSummary(call, job)
  const template =
    job.template === null ? undefined : await findTemplate(call.store.db, job.template)
  const facts = [
    ...factsOf(job, call.config.language),
    ...factsOfRepairs(job, linked, call.config.language),
    templateFact(job, template?.name, call.config.language),
  ].filter(([, value]) => value !== null)
  const width = Math.max(...facts.map(([name]) => name.length))
  await printLines(['', ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`)])
}

function factsOf(job: Job, language: Language): [string, string | null][] {
  const dateText = (at: string | null) => at && formatDateTime(language, at)
  const number = (value: number | null) => (value === null ? null : formatNumber(language, value))
  return [
    [phrase(language, 'jobType'), typeLabel(language, job.type)],
    [phrase(language, 'table'), job.target_table],
    [phrase(language, 'file'), shownPath(job)],
    [phrase(language, 'fileSize'), number(job.file_size)],
    [phrase(language, 'sha256'), job.file_sha256],
    [phrase(language, 'created'), `${dateText(job.created_at)}, ${job.created_by}`],
    [phrase(language, 'startDate'), dateText(job.started_at)],
    [phrase(language, 'endDate'), dateText(job.ended_at)],
    [phrase(language, 'worker'), job.worker],
    [phrase(language, 'emptyLines'), number(job.counters.empty)],
    ...COUNTED.map((key): [string, string | null] => [
      counterLabel(language, key),
      number(job.counters[key]),
    ]),
    [phrase(language, 'priority'), job.priority === 0 ? null : number(job.priority)],
    [phrase(language, 'rerunOf'), job.rerun_of === null ? null : String(job.rerun_of)],
  ]
}

function templateFact(
  { template: key }: Job,
  name: string | undefined,
  language: Language,
): [string, string | null] {
  return [phrase(language, 'template'), name ?? key]
}

/** The job that it repairs, and those that repaired its rejects, each with their number. */
function factsOfRepairs(
  { repair_of }: Job,
  linked: LinkedRepair[],
  language: Language,
): [string, string | null][] {
  const repairs = linked.map(({ job, repaired, status }) => {
    const failed = status === 'failed' ? `; ${statusLabel(language, status)}` : ''
    return `${job} (${formatNumber(language, repaired)}${failed})`
  })
  return [
    [phrase(language, 'repairOf'), repair_of === null ? null : String(repair_of)],
    [phrase(language, 'repairedBy'), repairs.length === 0 ? null : repairs.join(', ')],
  ]
}
