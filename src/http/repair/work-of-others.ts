import type { ShownConflict } from '../../../views/repair/repair-conflicts.tsx'
import type { ShownTouch } from '../../../views/repair/repair-touched.tsx'
import { lineName, valueName } from '../../../views/repair/repair-url.ts'
import { originOf, severalFilesOf } from '../../domain/records/source-files.ts'
import type { RejectTouch } from '../../engine/repair/fate-of-reject.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import { valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import type { CheckedReject } from './check-rejects.ts'
import { shownNames, type RefusedInput } from './repair-rows.ts'
import { columnOfField, isMaskedColumn, type RepairSession } from './repair-session.ts'
import { markOfText, WHOLE } from './typed-corrections.ts'
import type { TypedRecord } from './typed-records.ts'

/** What two have corrected, with all that the second typed for these records. */
export function shownConflicts(
  session: RepairSession,
  rejects: OpenReject[],
  { typed, conflicts }: RefusedInput,
): ShownConflict[] {
  const fileOf = originOf(severalFilesOf(session.job))
  return rejects.flatMap((reject) => {
    const { record, line, corrected, draft, raw } = reject
    const found = conflicts.get(record)
    const given = typed.get(record)
    if (found === undefined || given === undefined) return []
    const inputs = inputsOf(record, given)
    const theirsOf = new Map(found.map(({ column, theirs }) => [column, theirs]))
    return {
      record,
      line,
      file: fileOf?.(record),
      corrected,
      mark: markOfText(draft ?? raw ?? ''),
      values: inputs.flatMap(({ column, ...input }) => {
        const theirs = theirsOf.get(column)
        const [title] = column === WHOLE ? [] : shownNames(session, [column])
        return theirs === undefined ? [] : [{ ...input, theirs, title }]
      }),
      others: inputs.filter(({ column }) => !theirsOf.has(column)),
    }
  })
}

function inputsOf(record: number, { line, values }: TypedRecord) {
  const whole = line === undefined ? [] : [{ column: WHOLE, name: lineName(record), ...line }]
  const cells = [...values].map(([column, given]) => {
    return { column, name: valueName(record, column), ...given }
  })
  return [...whole, ...cells]
}

/** What others did to records, with their value of the field of the reason, where that is shown. */
export function shownTouches(
  session: RepairSession,
  touched: RejectTouch[],
  field: string | null,
  typed?: ReadonlyMap<number, TypedRecord>,
): ShownTouch[] {
  const fileOf = originOf(severalFilesOf(session.job))
  const column = columnOfField(session, field)
  return touched.map(({ raw, ...one }) => {
    const place = { record: one.record, line: one.line, offset: 0 }
    const isRead = raw !== null && column !== undefined && !isMaskedColumn(session, column)
    const values = isRead ? valuesOfRecord(session.readerOf(one.record), place, raw) : undefined
    const mine = typed?.get(one.record)
    return {
      ...one,
      isCorrected: raw !== null,
      file: fileOf?.(one.record),
      value: column === undefined ? undefined : values?.[column],
      typed: mine && changedTexts(mine),
    }
  })
}

/** What somebody corrected on the page, where a file says something else. */
export type ReplacedCorrection = {
  record: number
  line: number
  by: string
  at: string
  /** The corrected values that the file has not. */
  values: string[]
}

/** The correction that a record of a file would replace; undefined where there is no other. */
export function replacedBy(
  session: RepairSession,
  { reject, values = [] }: CheckedReject,
): ReplacedCorrection | undefined {
  const { record, line, draft, corrected } = reject
  if (draft === undefined || corrected === undefined) return undefined
  const theirs = valuesOfRecord(session.readerOf(record), reject, draft)
  const others = theirs?.filter((one, at) => one !== values[at] && !isMaskedColumn(session, at))
  return others?.length === 0 ? undefined : { record, line, ...corrected, values: others ?? [] }
}

const MOST_REPLACED = 20

/** The first corrections on the page that a file replaces. */
export function shownReplaced(
  { job }: RepairSession,
  replaced: ReplacedCorrection[],
): ShownTouch[] {
  const fileOf = originOf(severalFilesOf(job))
  const what = { status: 'open', isCorrected: true, job: null, typed: undefined } as const
  return replaced.slice(0, MOST_REPLACED).map(({ values, ...one }) => ({
    ...one,
    ...what,
    file: fileOf?.(one.record),
    value: values.length === 0 ? undefined : values.join(', '),
  }))
}

/** Texts that differ from what the page showed. */
export function changedTexts({ line, values }: TypedRecord): string[] {
  return [...(line === undefined ? [] : [line]), ...values.values()].flatMap(({ text, shown }) =>
    shown === undefined || markOfText(text) === shown ? [] : [text],
  )
}
