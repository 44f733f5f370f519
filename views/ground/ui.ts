import type { Language } from '../../src/i18n/catalogue.ts'
import type { ConsoleTexts } from '../../src/i18n/console.ts'
import { durationOf, type Job } from '../../src/domain/jobs/job.ts'
import {
  formatDateTime,
  formatNumber,
  formatShortDateTime,
  formatShortTime,
} from '../../src/i18n/format.ts'

/** What every view is given besides its own data: the reader's language, and where things are. */
export type Ui = {
  language: Language
  text: ConsoleTexts
  /** What stands before every path: empty, or `/sub/path` under a proxy. */
  base: string
  /** The address of a file of public/, with its content hash. */
  asset(name: AssetName): string
  operator: string
  now: Date
  /** IANA name of the zone in which times are shown. */
  timeZone: string
  /** Path and query of the page, to come back to. */
  here: string
  /** The number of this page's forms, by which one that is sent twice is known. */
  once: string
}

export const ASSET_NAMES = [
  'app.css',
  'app.js',
  'icons.svg',
  'favicon.svg',
  'htmx.js',
  'ptag.js',
] as const
export type AssetName = (typeof ASSET_NAMES)[number]

/** A number, or the greatest that is counted with a sign that there are more: 99+. */
export function countText(ui: Ui, { count, isMore }: { count: number; isMore: boolean }): string {
  return isMore ? `${number(ui, count)}+` : number(ui, count)
}

/** A dash for what is not there, so that an empty cell is never taken for one that failed to load. */
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

/** How long a job has run; less than a second is told too, and what never ran has no duration. */
export function duration(
  { language, now }: Ui,
  job: Pick<Job, 'started_at' | 'duration_ms' | 'running_since'>,
): string {
  return job.started_at === null ? NOTHING : formatShortTime(language, durationOf(job, now))
}
