import {
  failureMessage,
  keptBy,
  openRejectsOf,
  type ListedJob,
  type Repairer,
} from '../domain/jobs/job.ts'
import { outcomeOf, PARTS, outcomeParts, type OutcomePart } from '../domain/jobs/outcome.ts'
import { isOver } from '../domain/states/status.ts'
import { messageOnPage, messageText, phrase, statusLabel, type Language } from './catalogue.ts'
import { formatShare } from './format.ts'

/** A note beside the status, where the status alone would hide something important. */
export type OutcomeNote = { kind: 'dry_run' | 'rejects' | 'settled' | 'nothing'; text: string }

type Noted = Pick<
  ListedJob,
  'type' | 'status' | 'dry_run' | 'counters' | 'repair_of' | 'repaired' | 'set_aside'
>

/** The status with its notes, as one line of text. */
export function statusText(
  language: Language,
  job: Noted,
  repairers: readonly Repairer[] = [],
): string {
  const notes = outcomeNotes(language, job, repairers).map(({ text }) => text)
  const label = statusLabel(language, job.status)
  return notes.length === 0 ? label : `${label}: ${notes.join(', ')}`
}

/**
 * The notes beside the status of a job, the most important first; empty if the status says it all.
 * @param repairers the linked jobs that took rejects of it, where they are known
 */
export function outcomeNotes(
  language: Language,
  job: Noted,
  repairers: readonly Repairer[] = [],
): OutcomeNote[] {
  const notes: OutcomeNote[] = []
  if (job.dry_run) notes.push({ kind: 'dry_run', text: phrase(language, 'dryRun') })
  if (job.counters.rejects > 0) {
    const isKept = repairers.some(({ keeps }) => keeps > 0)
    const isSettled = job.repaired + job.set_aside > 0 && openRejectsOf(job) === 0 && !isKept
    const kind = isSettled ? 'settled' : 'rejects'
    notes.push({ kind, text: rejectsText(language, job, repairers) })
  } else if (outcomeOf(job) === 'nothing_written') {
    notes.push({ kind: 'nothing', text: phrase(language, 'nothingWritten') })
  }
  return notes
}

/** Once some are repaired or set aside, with the number of those that are open. */
function rejectsText(language: Language, job: Noted, repairers: readonly Repairer[]): string {
  const text = countOfRejects(language, job)
  if (job.repaired + job.set_aside === 0) return text
  const repaired = repairedText(language, job.repaired, repairers)
  // Without the repaired ones, a number of those set aside would not add up to the rejects.
  const isWhole = job.set_aside > 0 && repaired.length > 0 === job.repaired > 0
  const aside = isWhole ? [phrase(language, 'rejectsAside', { count: job.set_aside })] : []
  const open = phrase(language, 'rejectsOpen', { count: openRejectsOf(job) })
  return [text, ...repaired, ...aside, open].join(', ')
}

/** What linked jobs repaired, what they may still repair, and what failed ones keep. */
function repairedText(language: Language, count: number, repairers: readonly Repairer[]): string[] {
  const keeping = repairers.filter(({ keeps }) => keeps > 0)
  const [failed, others] = [true, false].map((is) => keeping.filter((one) => one.isFailed === is))
  const done = repairers.filter(({ keeps }) => keeps === 0)
  return [
    ...byJobs(language, 'repairedByJob', done, count - keptBy(keeping)),
    ...byJobs(language, 'inRepairByJob', others),
    ...byJobs(language, 'keptByFailedJob', failed),
  ]
}

function byJobs(
  language: Language,
  key: 'repairedByJob' | 'inRepairByJob' | 'keptByFailedJob',
  jobs: readonly Repairer[] = [],
  count = keptBy(jobs),
): string[] {
  const [only, ...others] = jobs
  if (only === undefined) return []
  return others.length === 0
    ? [phrase(language, key, { count, id: String(only.job) })]
    : [phrase(language, `${key}s`, { count, jobs: jobs.length })]
}

function countOfRejects(language: Language, { status, dry_run, counters }: Noted): string {
  const { processed, rejects: count } = counters
  const share = formatShare(language, count / processed)
  if (dry_run) return phrase(language, 'wouldBeRejected', { count })
  else if (!isOver(status)) return phrase(language, 'rejectsSoFar', { count })
  else if (count === processed) return phrase(language, 'allRejected', { count })
  else return phrase(language, 'rejectsShare', { count, share })
}

type Failed = Pick<ListedJob, 'dry_run' | 'failure_reason' | 'failure_params'>

/** Why a job failed, undefined where it did not; of a dry run nothing was rejected. */
export function failureText(language: Language, job: Failed): string | undefined {
  return failureIn(language, job, messageText)
}

/** The same on a page. */
export function failureOnPage(language: Language, job: Failed): string | undefined {
  return failureIn(language, job, messageOnPage)
}

function failureIn(language: Language, job: Failed, tell: typeof messageText): string | undefined {
  const message = failureMessage(job)
  if (message === undefined) return undefined
  const count = Number(message.params['count'])
  return job.dry_run && job.failure_reason === 'all_rejected'
    ? phrase(language, 'allWouldBeRejected', { count })
    : tell(language, message)
}

export type PartText = { part: OutcomePart; text: string }

/** The outcome of the records in words, part by part, without empty parts. */
export function partTexts(language: Language, job: Noted & Pick<ListedJob, 'total'>): PartText[] {
  const parts = outcomeParts(job)
  return PARTS.flatMap((part) => {
    const count = parts[part]
    if (count === null && job.counters.processed > 0) {
      const key = isOver(job.status) ? 'partRest' : 'partUncounted'
      return [{ part, text: phrase(language, key) }]
    }
    return count === null || count === 0
      ? []
      : [{ part, text: phrase(language, keyOf(part, job), { count }) }]
  })
}

function keyOf(part: OutcomePart, { dry_run, counters }: Noted) {
  switch (part) {
    case 'written':
      // A job that deletes does nothing else.
      if (counters.deleted > 0) return dry_run ? 'partWouldBeDeleted' : 'partDeleted'
      return dry_run ? 'partWouldBeWritten' : 'partWritten'
    case 'kept':
      if (counters.reconciled > 0) return dry_run ? 'partWouldBeFound' : 'partFound'
      return dry_run ? 'partWouldBeKept' : 'partKept'
    case 'rejected':
      return dry_run ? 'wouldBeRejected' : 'partRejected'
    case 'unprocessed':
      return 'partUnprocessed'
  }
}
