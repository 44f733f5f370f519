import { SUCCESSES } from '../../domain/jobs/counters.ts'
import { durationOf, usesPipe, type Job } from '../../domain/jobs/job.ts'
import { jobWarnings, type Warnings } from '../../engine/jobs/warnings.ts'
import { nextStepOf } from '../../domain/jobs/next-step.ts'
import { counterLabelOf, levelLabel, messageText, phrase } from '../../i18n/catalogue.ts'
import type { Language } from '../../i18n/catalogue.ts'
import { formatDuration, formatNumber } from '../../i18n/format.ts'
import { failureText, partTexts, statusText } from '../../i18n/outcome.ts'
import { outcomeBar } from './outcome-bar.ts'
import { printLines, printToStderr } from './print.ts'
import type { Call } from '../ground/session.ts'
import type { CounterLabel } from '../../i18n/en/words.ts'

/** Prints a summary: outcome, tally, warnings and next steps. */
export async function printSummary(call: Call, job: Job): Promise<void> {
  await printLines(await summaryOf(call, job))
}

/** The same on standard error. */
export async function printSummaryToStderr(call: Call, job: Job): Promise<void> {
  for (const line of await summaryOf(call, job)) printToStderr(line)
}

async function summaryOf({ store, config }: Call, job: Job): Promise<string[]> {
  return linesOf(job, await jobWarnings(store.db, job.id), config.language)
}

function linesOf(job: Job, warnings: Warnings, language: Language): string[] {
  const first = {
    id: String(job.id),
    label: job.label,
    status: statusText(language, job),
    time: formatDuration(durationOf(job, new Date())),
  }
  return [
    phrase(language, 'summaryLine', first),
    ...outcomeLines(job, language),
    ...tallyLines(job, language).map((line) => `  ${line}`),
    ...failureLines(job, language),
    ...warningLines(job, warnings, language),
    ...nextLines(job, language),
  ]
}

function outcomeLines(job: Job, language: Language): string[] {
  if (job.counters.processed === 0) return []
  const words = partTexts(language, job).map(({ text }) => text)
  return [`  ${outcomeBar(job)}  ${words.join(', ')}`]
}

function tallyLines(job: Job, language: Language): string[] {
  const { counters, total } = job
  const values: Partial<Record<CounterLabel, number>> = {
    ...counters,
    ...(total === null ? {} : { total, unprocessed: total - counters.processed }),
  }
  const term = (name: CounterLabel) =>
    `${formatNumber(language, values[name] ?? 0)} ${counterLabelOf(language, name, job).toLowerCase()}`
  const line = (sum: CounterLabel, ...terms: CounterLabel[]) =>
    `${term(sum)} = ${terms.map(term).join(' + ')}`
  const counted = SUCCESSES.filter((kind) => counters[kind] > 0)
  return [
    ...(total === null || total === counters.processed
      ? []
      : [line('total', 'processed', 'unprocessed')]),
    line('processed', 'success', 'ignored', 'rejects'),
    ...(counted.length === 0 ? [] : [line('success', ...counted)]),
  ]
}

function failureLines(job: Job, language: Language): string[] {
  const failure = failureText(language, job)
  return failure === undefined ? [] : [`  ${failure}`]
}

function warningLines(
  { id, counters }: Job,
  { entries, count }: Warnings,
  language: Language,
): string[] {
  const level = levelLabel(language, 'warning')
  const lines = entries.map((entry) => {
    const text = messageText(language, entry)
    return `  ${phrase(language, 'warningLine', { level, text })}`
  })
  const further = { id: String(id), count: count - entries.length }
  if (further.count > 0) lines.push(`  ${phrase(language, 'moreWarnings', further)}`)
  const ofRecords = { id: String(id), count: counters.warnings }
  if (ofRecords.count > 0) lines.push(`  ${phrase(language, 'recordWarnings', ofRecords)}`)
  return lines
}

function nextLines(job: Job, language: Language): string[] {
  const { counters } = job
  const id = String(job.id)
  const lines: string[] = []
  if (job.dry_run) {
    const { inserted, updated, deleted } = counters
    lines.push(phrase(language, 'dryRunNote', { inserted, updated, deleted }))
  }
  if (counters.rejects > 0) {
    lines.push(phrase(language, job.dry_run ? 'seeWouldBeRejected' : 'seeRejects', { id }))
  }
  return [...lines, ...stepLines(job, language)]
}

/** The steps of the job's page, save looks at something: an export to a pipe cannot go on. */
function stepLines(job: Job, language: Language): string[] {
  const { status, type } = job
  const id = String(job.id)
  if (status === 'paused' || status === 'shutting_down')
    return [phrase(language, 'letGoOn', { id })]
  const { step, others } = nextStepOf(job)
  const steps = step === null ? others : [step, ...others]
  const goesOn = status === 'failed' && (type === 'import' || !usesPipe(job))
  const lines: string[] = []
  if (steps.includes('change')) lines.push(phrase(language, 'change'))
  if (steps.includes('run_again') && !usesPipe(job))
    lines.push(phrase(language, 'runAgain', { id }))
  else if (steps.includes('start') && goesOn) lines.push(phrase(language, 'letGoOnMended', { id }))
  if (steps.includes('go_on') && goesOn && !job.dry_run) {
    lines.push(phrase(language, 'goOnWithRest', { id }))
  }
  return lines
}
