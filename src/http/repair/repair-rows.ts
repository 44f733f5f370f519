import type { RepairCell, RepairRow } from '../../../views/repair/repair-cell.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { MASK } from '../../domain/records/mask.ts'
import { originOf, severalFilesOf } from '../../domain/records/source-files.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { ChangedColumn } from '../../i18n/besides.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import { textOfRecord } from '../../pipeline/repair/record-text.ts'
import type { CheckedReject } from './check-rejects.ts'
import { columnsOfField, isMaskedColumn, type RepairSession } from './repair-session.ts'
import { markOfText, type Conflict } from './typed-corrections.ts'
import type { TypedRecord } from './typed-records.ts'

/** Columns shown beside those at fault. */
const MOST_COLUMNS = 10
/** Longest text to edit in the page. */
const MOST_EDITED = 4_000

/** What was typed and not kept: it is shown once more, with the reason. */
export type RefusedInput = {
  typed: ReadonlyMap<number, TypedRecord>
  refused: ReadonlyMap<number, Problem>
  /** These are decided apart from the grid. */
  conflicts: ReadonlyMap<number, Conflict[]>
}

type RowShape = {
  /** The columns shown. */
  shown: number[]
  input?: RefusedInput | undefined
  /** Whether what is at fault can be edited. */
  isEdited: boolean
}

/** The columns that the grid shows: those at fault, the keys, and the first others. */
export function shownColumns(session: RepairSession, rejects: CheckedReject[]): number[] {
  const { job, columns } = session
  const { key, secondKey } = job.specification
  const named = [...key, ...secondKey].flatMap((field) => columnsOfField(session, field))
  const faulty = rejects.flatMap((reject) => faultyColumns(session, reject))
  const wanted = new Set([...faulty, ...named])
  const others = columns.map((_, at) => at).filter((at) => !wanted.has(at))
  const room = Math.max(0, MOST_COLUMNS - wanted.size)
  return [...wanted, ...others.slice(0, room)].toSorted((a, b) => a - b)
}

/** The headings of these columns; one without a name has its number. */
export function shownNames({ columns }: RepairSession, shown: number[]): string[] {
  return shown.map((at) => columns[at]?.name ?? String(at + 1))
}

export function repairRows(
  ui: Ui,
  session: RepairSession,
  { rejects, ...shape }: RowShape & { rejects: CheckedReject[] },
): RepairRow[] {
  return rejects.map((one) => rowOf(ui, session, one, shape))
}

function rowOf(
  { language }: Ui,
  session: RepairSession,
  one: CheckedReject,
  { shown, input, isEdited }: RowShape,
): RepairRow {
  const { reject, raw, misfit, values } = one
  const { record, line } = reject
  const refused = input?.refused.get(record)
  const typed = refused && input?.typed.get(record)
  const isLocked = input?.conflicts.has(record) === true
  const problem = refused ?? misfit?.problem
  const row = {
    record,
    line,
    file: originOf(severalFilesOf(session.job))?.(record),
    problem: problem && problemOnPage(language, problem),
    field: refused === undefined ? (misfit?.field ?? undefined) : undefined,
    isChanged: one.isChanged,
    change: one.change,
    isIdle: one.isIdle,
    warning: one.warning && {
      text: problemOnPage(language, one.warning.problem),
      field: one.warning.field ?? undefined,
    },
    // A file has corrections of its own.
    corrected: isEdited ? reject.corrected : undefined,
    isLocked,
  }
  const nothing = { cells: undefined, text: undefined, mark: undefined }
  if (raw === undefined) return { ...row, ...nothing }
  if (values === undefined && session.plan.mask !== undefined) {
    return { ...row, ...nothing }
  }
  if (values === undefined) {
    const current = textOfRecord(raw, session.encodingOf(record))
    const { text, shown: mark = markOfText(current) } = typed?.line ?? { text: current }
    return text.length > MOST_EDITED ? { ...row, ...nothing } : { ...row, ...nothing, text, mark }
  }
  const isOpen = problem !== undefined || reject.draft !== undefined
  const editable = isEdited && isOpen && !isLocked ? editedColumns(session, one, shown) : []
  const faulty = editable.filter((at) => !isMaskedColumn(session, at))
  const atFault = columnsOfField(session, row.field ?? null)
  const cells = shown.map((at) => ({
    ...maskedIf(isMaskedColumn(session, at), cellOf(one, at, { faulty, typed })),
    isAtFault: problem !== undefined && (atFault.length === 0 || atFault.includes(at)),
  }))
  return { ...row, ...nothing, cells }
}

function cellOf(
  { before, byHand, values }: CheckedReject,
  at: number,
  { faulty, typed }: { faulty: number[]; typed: TypedRecord | undefined },
): Omit<RepairCell, 'isAtFault'> {
  const [file = '', hand = '', value = ''] = [before?.[at], byHand?.[at], values?.[at]]
  const isEdited = faulty.includes(at) && hand.length <= MOST_EDITED
  return {
    column: at,
    text: isEdited ? (typed?.values.get(at)?.text ?? hand) : value,
    mark: typed?.values.get(at)?.shown ?? markOfText(hand),
    old: before !== undefined && file !== (isEdited ? hand : value) ? file : undefined,
    byRule: isEdited && value !== hand ? value : undefined,
    isEdited,
  }
}

/** A real value, as a corrected file brings it, is shown as a mask like the one that was kept. */
function maskedIf(isMasked: boolean, cell: Omit<RepairCell, 'isAtFault'>): typeof cell {
  if (!isMasked) return cell
  const text = cell.text === '' ? '' : MASK
  return { ...cell, text, old: cell.old === text ? undefined : cell.old }
}

/** Without a known column, the fault may be in any: all that are shown can be edited. */
function editedColumns(session: RepairSession, reject: CheckedReject, shown: number[]): number[] {
  const faulty = faultyColumns(session, reject)
  return faulty.length === 0 ? shown : faulty
}

function faultyColumns(session: RepairSession, { reject, misfit }: CheckedReject): number[] {
  const fields = [
    ...reject.messages.filter(({ type }) => type === 'error').map(({ field }) => field),
    misfit?.field ?? null,
  ]
  return fields.flatMap((field) => columnsOfField(session, field))
}

/** Gathers what a corrected file changes unasked, as a spreadsheet does; sensitive values are not told. */
export class ChangedBesides {
  readonly #session: RepairSession
  readonly #columns = new Map<number, ChangedColumn>()

  constructor(session: RepairSession) {
    this.#session = session
  }

  note(one: CheckedReject): void {
    const { reject, before, values } = one
    const faulty = faultyColumns(this.#session, one)
    // Of a record that was at fault as a whole, each change may have been needed.
    if (before === undefined || values === undefined || faulty.length === 0) return
    for (const [at, after] of values.entries()) {
      const was = before[at] ?? ''
      if (after === was || faulty.includes(at) || isMaskedColumn(this.#session, at)) continue
      const [name = ''] = shownNames(this.#session, [at])
      const first = { name, records: 0, record: reject.record, before: was, after }
      const column = this.#columns.get(at) ?? first
      this.#columns.set(at, { ...column, records: column.records + 1 })
    }
  }

  /** In the order of the source. */
  get columns(): ChangedColumn[] {
    return [...this.#columns].toSorted(([a], [b]) => a - b).map(([, column]) => column)
  }
}
