import type { Job } from '../domain/job.ts'
import type { Language } from '../i18n/catalogue.ts'
import { formatDateTime, formatNumber } from '../i18n/format.ts'
import { printLine } from './print.ts'
import { summaryOf } from './summary.ts'

export async function printDetails(job: Job, language: Language): Promise<void> {
  await printLine(summaryOf(job, language))
  await printLine('')
  const { counters } = job
  const facts: [string, string | number | null][] = [
    ['Job type', job.type],
    ['Table', job.target_table],
    ['File', job.specification.path],
    ['File size', job.file_size],
    ['SHA-256', job.file_sha256],
    ['Created', `${formatDateTime(language, job.created_at)}, ${job.created_by}`],
    ['Started', job.started_at === null ? null : formatDateTime(language, job.started_at)],
    ['Ended', job.ended_at === null ? null : formatDateTime(language, job.ended_at)],
    ['Worker', job.worker],
    ['Doubles', counters.doubles],
    ['Duplicates', counters.duplicates],
    ['Empty lines', counters.empty],
    ['Errors', counters.errors],
    ['Warnings', counters.warnings],
    ['Runs again', job.rerun_of],
  ]
  for (const [name, value] of facts) {
    const text = typeof value === 'number' ? formatNumber(language, value) : value
    if (text !== null) await printLine(`${name.padEnd(12)} ${text}`)
  }
}
