import { durationOf, type Job } from '../domain/job.ts'
import { statusLabel, type Language } from '../i18n/catalogue.ts'
import { duration } from './progress.ts'
import { formatTable } from './table.ts'

const HEADINGS = [
  { text: 'ID', align: 'right' },
  { text: 'Status' },
  { text: 'Label' },
  { text: 'Start date' },
  { text: 'End date' },
  { text: 'Job type' },
  { text: 'Duration', align: 'right' },
  { text: 'Processed', align: 'right' },
  { text: 'Rejects', align: 'right' },
] as const

export function jobTable(jobs: Job[], language: Language): string {
  const now = new Date()
  const numbers = new Intl.NumberFormat(language)
  const rows = jobs.map((job) => [
    String(job.id),
    statusLabel(language, job.status),
    job.label,
    dateText(job.started_at, language),
    dateText(job.ended_at, language),
    job.type,
    duration(durationOf(job, now)),
    numbers.format(job.counters.processed),
    numbers.format(job.counters.rejects),
  ])
  return formatTable([...HEADINGS], rows)
}

/** In the time zone of the machine. */
export function dateText(iso: string | null, language: Language): string {
  if (iso === null) return '–'
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  return format.format(new Date(iso))
}
