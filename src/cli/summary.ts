import { durationOf, type Job } from '../domain/job.ts'
import { FAILURES } from '../domain/messages.ts'
import { messageText, statusLabel, type Language } from '../i18n/catalogue.ts'
import { formatNumber } from '../i18n/format.ts'
import { duration } from './progress.ts'

/** A job in a few lines: how it ended, the tally, and what can be done next. */
export function summaryOf(job: Job, language: Language): string {
  const status = statusLabel(language, job.status)
  const time = duration(durationOf(job, new Date()))
  return [
    `Job ${job.id}  ${job.label}  ${status}  ${time}`,
    ...tallyLines(job, (value) => formatNumber(language, value)),
    ...failureLines(job, language),
    ...nextLines(job),
  ].join('\n')
}

const KINDS = ['inserted', 'updated', 'unchanged', 'deleted', 'reconciled'] as const

function tallyLines({ counters, total }: Job, format: (value: number) => string): string[] {
  const { processed, success, ignored, rejects } = counters
  const sum = (terms: [string, number][]) =>
    terms.map(([name, value]) => `${format(value)} ${name}`).join(' + ')
  const kinds = KINDS.map((kind): [string, number] => [kind, counters[kind]])
  const counted = kinds.filter(([, value]) => value > 0)
  return [
    ...(total === null || total === processed
      ? []
      : [
          `  ${format(total)} total = ${sum([
            ['processed', processed],
            ['unprocessed', total - processed],
          ])}`,
        ]),
    `  ${format(processed)} processed = ${sum([
      ['success', success],
      ['ignored', ignored],
      ['rejects', rejects],
    ])}`,
    ...(counted.length === 0 ? [] : [`  ${format(success)} success = ${sum(counted)}`]),
  ]
}

function failureLines({ failure_reason: reason, failure_params: params }: Job, language: Language) {
  if (reason === null) return []
  return [`  ${messageText(language, { code: FAILURES[reason], params: params ?? {} })}`]
}

function nextLines({ id, type, status, counters, specification }: Job): string[] {
  const lines: string[] = []
  if (type === 'import' && 'dryRun' in specification && specification.dryRun) {
    lines.push('A dry run: nothing was written into the table.')
  }
  if (counters.rejects > 0 || counters.warnings > 0) {
    lines.push(`See what was rejected and why: tallyman jobs rejects ${id}`)
  }
  if (status === 'paused' || status === 'shutting_down') {
    lines.push(`Let it go on where it stopped: tallyman jobs start ${id} --run`)
  } else if (status === 'failed') {
    lines.push(`Once the reason is mended, let it go on: tallyman jobs start ${id} --run`)
  }
  return lines
}
