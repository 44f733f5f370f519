import type { FormatKey } from '../../src/domain/specification/fields/named-formats.ts'
import type { MessageCode } from '../../src/domain/words/messages.ts'
import type { Ui } from '../ground/ui.ts'
import { rejectsUrl } from '../rejects/rejects-url.ts'

/** What can be done to one field of all records of a reason. */
export const RULE_KINDS = ['format', 'replace', 'fixed', 'empty'] as const
export type RuleKind = (typeof RULE_KINDS)[number]

/** A rule as it is typed; its unused texts are empty. */
export type TypedRule = {
  rule: RuleKind | ''
  format: FormatKey | ''
  find: string
  by: string
  value: string
}

/** A reason of rejects, a rule for it, and the record after which the page begins. */
export type RepairPlace = {
  code: MessageCode
  field: string | null
  rule: TypedRule
  after: number
  /** Whether all records are checked, and not only those that are shown or corrected. */
  isAll?: boolean
}

export const NO_RULE: TypedRule = { rule: '', format: '', find: '', by: '', value: '' }

/** The page of all reasons, or of one. */
export function repairUrl(ui: Ui, jobId: number, place?: RepairPlace): string {
  const path = `${rejectsUrl(ui, jobId)}/repair`
  return place === undefined ? path : `${path}?${new URLSearchParams(placeAnswers(place))}`
}

/** Where a corrected file is sent, or where one that arrived is shown. */
export function repairFileUrl(ui: Ui, jobId: number, file?: string): string {
  const path = `${repairUrl(ui, jobId)}/file`
  return file === undefined ? path : `${path}/${file}`
}

/** The place as names and values, of a query or of a form. */
export function placeAnswers({
  code,
  field,
  rule,
  after,
  isAll,
}: RepairPlace): Record<string, string> {
  return {
    code,
    field: field ?? '',
    ...(after > 0 ? { after: String(after) } : {}),
    ...(isAll === true ? { all: 'yes' } : {}),
    ...ruleAnswers(rule),
  }
}

/** A rule as names and values, without the texts that it does not use. */
export function ruleAnswers({
  rule: kind,
  format,
  find,
  by,
  value,
}: TypedRule): Record<string, string> {
  return {
    ...(kind === '' ? {} : { rule: kind }),
    ...(kind === 'format' ? { format } : {}),
    ...(kind === 'replace' ? { find, by } : {}),
    ...(kind === 'fixed' ? { value } : {}),
  }
}

/** The name of the input for a value of a record. */
export function valueName(record: number, column: number): string {
  return `v.${record}.${column}`
}

/** The name of the input for a whole record. */
export function lineName(record: number): string {
  return `line.${record}`
}
