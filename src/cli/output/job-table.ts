import { durationOf, type ListedJob } from '../../domain/jobs/job.ts'
import type { Repairers } from '../../engine/list/repairers.ts'
import { counterLabel, phrase, typeLabel, type Language } from '../../i18n/catalogue.ts'
import { formatDateTime, formatDuration, formatNumber } from '../../i18n/format.ts'
import { statusText } from '../../i18n/outcome.ts'
import { tableLines } from './table.ts'

const HEADINGS = [
  { key: 'jobId', align: 'right' },
  { key: 'jobStatus', align: 'left' },
  { key: 'jobLabel', align: 'left' },
  { key: 'startDate', align: 'left' },
  { key: 'endDate', align: 'left' },
  { key: 'jobType', align: 'left' },
  { key: 'duration', align: 'right' },
] as const
const COUNTED = ['processed', 'rejects'] as const

/** The jobs of a list as a table of text. */
export function jobTable(jobs: ListedJob[], repairers: Repairers, language: Language): string[] {
  const now = new Date()
  const dateText = (at: string | null) => (at === null ? '–' : formatDateTime(language, at))
  const rows = jobs.map((job) => [
    String(job.id),
    statusText(language, job, repairers.get(job.id)),
    job.label,
    dateText(job.started_at),
    dateText(job.ended_at),
    typeLabel(language, job.type),
    formatDuration(durationOf(job, now)),
    ...COUNTED.map((key) => formatNumber(language, job.counters[key])),
  ])
  const headings = [
    ...HEADINGS.map(({ key, align }) => ({ text: phrase(language, key), align })),
    ...COUNTED.map((key) => ({ text: counterLabel(language, key), align: 'right' as const })),
  ]
  return tableLines(headings, rows)
}
