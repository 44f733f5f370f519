import { durationOf, type ListedJob } from '../domain/job.ts'
import { statusLabel, typeLabel, type Language } from '../i18n/catalogue.ts'
import { formatDateTime, formatNumber } from '../i18n/format.ts'
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

export function jobTable(jobs: ListedJob[], language: Language): string {
  const now = new Date()
  const dateText = (at: string | null) => (at === null ? '–' : formatDateTime(language, at))
  const rows = jobs.map((job) => [
    String(job.id),
    statusLabel(language, job.status),
    job.label,
    dateText(job.started_at),
    dateText(job.ended_at),
    typeLabel(language, job.type),
    duration(durationOf(job, now)),
    formatNumber(language, job.counters.processed),
    formatNumber(language, job.counters.rejects),
  ])
  return formatTable([...HEADINGS], rows)
}
