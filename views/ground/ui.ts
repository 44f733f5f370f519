import type { Language } from '../../src/i18n/catalogue.ts'
import type { ConsoleTexts } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { durationOf, type Job } from '../../src/domain/jobs/job.ts'
import {
  formatDateTime,
  formatNumber,
  formatShortDateTime,
  formatShortTime,
} from '../../src/i18n/format.ts'

/**
 * What every view receives besides its own data: the reader's language, addresses, and settings.
 */
export type Ui = {
  language: Language
  text: ConsoleTexts
  /** Prefix of every path: empty, or `/sub/path` behind a proxy. */
  base: string
  /** The URL of a file of public/, with its content hash. */
  asset(name: AssetName): string
  operator: string
  now: Date
  /** IANA name of the time zone for all times. */
  timeZone: string
  /** Path and query of the page, for links back to it. */
  here: string
  /** Idempotency key of the forms on this page; a form sent twice is recognised by it. */
  idempotencyKey: string
  /** The folder of the samples, as a command names it that is typed where the server was started. */
  samples: string
}

export const ASSET_NAMES = [
  'app.css',
  'app.js',
  'upload.js',
  'icons.svg',
  'favicon.svg',
  'htmx.js',
  'ptag.js',
] as const
export type AssetName = (typeof ASSET_NAMES)[number]

/** The number of a line, behind the name of its file where they are several. */
export function lineText(ui: Ui, line: number, file: string | undefined): string {
  const text = number(ui, line)
  return file === undefined ? text : `${shown(file)}: ${text}`
}

/** A number, with a plus sign if counting stopped there: 99+. */
export function countText(ui: Ui, { count, isMore }: { count: number; isMore: boolean }): string {
  return isMore ? `${number(ui, count)}+` : number(ui, count)
}

/** A dash for a missing value, so that an empty cell never looks like a loading error. */
export const NOTHING = '–'

export function number({ language }: Ui, value: number | null): string {
  return value === null ? NOTHING : formatNumber(language, value)
}

export function dateTime({ language, timeZone }: Ui, iso: string | Date | null): string {
  return iso === null ? NOTHING : formatDateTime(language, iso, timeZone)
}

export function shortDateTime(ui: Ui, iso: string): string {
  return formatShortDateTime(ui.language, iso, ui)
}

/** The running time of a job, with fractions of a second; a dash if it never ran. */
export function duration(
  { language, now }: Ui,
  job: Pick<Job, 'started_at' | 'duration_ms' | 'running_since'>,
): string {
  return job.started_at === null ? NOTHING : formatShortTime(language, durationOf(job, now))
}
