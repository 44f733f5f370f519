import type { Job } from '../../src/domain/jobs/job.ts'
import { severalFilesOf } from '../../src/domain/records/source-files.ts'
import { levelLabel } from '../../src/i18n/catalogue.ts'
import { dateTime, type Ui } from '../ground/ui.ts'
import type { ShownReject } from './rejects-props.ts'

/** Columns that are often the same for all shown rejects. */
const COMMON = ['type', 'at', 'connector', 'code'] as const
export type Common = (typeof COMMON)[number]

/** The columns whose values differ; the others are shown once, above the table. */
export function differingColumns(ui: Ui, rejects: ShownReject[]): Set<Common> {
  return new Set(
    COMMON.filter((name) => new Set(rejects.map((one) => commonText(ui, one, name))).size > 1),
  )
}

export function commonText(ui: Ui, { type, at, connector, code }: ShownReject, name: Common) {
  return {
    type: levelLabel(ui.language, type),
    at: dateTime(ui, at),
    connector: ui.text.rejects.connectors[connector],
    code,
  }[name]
}

/** The values that all rows share, with their names. */
export function commonFacts(ui: Ui, job: Job, rejects: ShownReject[]): [string, string][] {
  const [first] = rejects
  if (first === undefined) return []
  const { text } = ui
  const differ = differingColumns(ui, rejects)
  const same = COMMON.filter((name) => !differ.has(name))
  const facts = same.map((name): [string, string] => [
    text.rejects[name],
    commonText(ui, first, name),
  ])
  if (!readsSeveral(job)) facts.push([text.rejects.origin, job.file_name])
  return facts
}

/** Whether the records of a job come from several files. */
export function readsSeveral(job: Job): boolean {
  return severalFilesOf(job).length > 0
}

export const COLUMNS = [
  'type',
  'at',
  'connector',
  'origin',
  'record',
  'line',
  'key',
  'field',
  'value',
  'code',
  'message',
] as const

export type RejectColumn = (typeof COLUMNS)[number]
