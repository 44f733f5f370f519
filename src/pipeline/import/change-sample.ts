import type { Store, Trx } from '../../db/store.ts'
import { MOST_CHANGES, type CellChange, type ChangedRow } from '../../domain/jobs/changed-row.ts'
import type { Value } from '../../domain/records/record.ts'
import { isEqual } from '../../domain/reconcile/merge.ts'
import type { ImportPlan } from './plan/match-table.ts'
import {
  cellsGiven,
  changesBetween,
  columnsOf,
  findRowOf,
  namesRow,
  rowNames,
  textOf,
  type RecordValues,
  type RowCells,
} from './row-cells.ts'
import type { ValidatedRecord } from './validate.ts'

type Taken = Record<ChangedRow['kind'], number>
type Change = Pick<ChangedRow, 'record' | 'line' | 'kind'> & {
  values: RecordValues
  /** The row before an update, by the fields of the plan. */
  found: Value[] | undefined
  /** The next change of the same row in the batch: what that one found is what this one left. */
  next: Change | undefined
}

/** The first rows that a dry run changes, with their cells before and after. */
export class ChangeSample {
  readonly #store: Store
  #taken: Taken = { inserted: 0, updated: 0, deleted: 0 }
  #changes: Change[] = []
  /** The last change in the batch of each row that is shown. */
  #lastOfRow = new Map<string, Change>()

  /** @param store the store of the job, in which the dry run changes nothing */
  constructor(store: Store) {
    this.#store = store
  }

  /** Whether updates are to tell the rows before them: for whole batches, until enough are known. */
  get wantsFound(): boolean {
    return this.#taken.updated < MOST_CHANGES.updated
  }

  /** Begins a batch; what an earlier one took is kept once it is committed. */
  begin(): void {
    this.#changes = []
    this.#lastOfRow.clear()
  }

  /** Notes the first changes among these records. */
  note(records: readonly ValidatedRecord[], plan: ImportPlan): void {
    for (const { record, source, values, outcome } of records) {
      const kind = outcome?.kind
      if (kind !== 'inserted' && kind !== 'updated' && kind !== 'deleted') continue
      const found = outcome?.kind === 'updated' ? outcome.found : undefined
      const names = this.#wantsRow(kind) ? rowNames(plan, found ?? values) : []
      const [earlier] = names.flatMap((name) => this.#lastOfRow.get(name) ?? [])
      const isShown = this.#wants(kind)
      if (!isShown && earlier === undefined) continue
      const line = source.line
      const change: Change = { record, line, kind, values: [...values], found, next: undefined }
      if (earlier !== undefined) earlier.next = change
      for (const name of names) this.#lastOfRow.set(name, change)
      if (isShown) this.#changes.push(change)
    }
  }

  #wants(kind: ChangedRow['kind']): boolean {
    const count = this.#changes.filter((change) => change.kind === kind).length
    return this.#taken[kind] + count < MOST_CHANGES[kind]
  }

  /** Whether the change may be of a row that is shown, now or by an earlier change. */
  #wantsRow(kind: ChangedRow['kind']): boolean {
    return kind !== 'deleted' && (this.#changes.length > 0 || this.#wants(kind))
  }

  /** Reads the rows of this batch before and after it. */
  async read(plan: ImportPlan, trx: Trx, after: Trx): Promise<ChangedRow[]> {
    const rows: ChangedRow[] = []
    if (this.#changes.length === 0) return rows
    const { tables } = this.#store
    const isThere = (await tables.describe(trx, plan.table.name)) !== undefined
    const places = { store: this.#store, before: isThere ? trx : undefined, after }
    for (const change of this.#changes) {
      const { record, line, kind } = change
      rows.push({ record, line, kind, cells: await cellsOf(change, plan, places) })
    }
    return rows
  }

  /** The batch is committed. */
  keep(): void {
    for (const { kind } of this.#changes) this.#taken[kind]++
    this.#changes = []
    this.#lastOfRow.clear()
  }
}

type Places = { store: Store; before: Trx | undefined; after: Trx }

async function cellsOf(change: Change, plan: ImportPlan, places: Places): Promise<CellChange[]> {
  const { kind, values, found, next } = change
  const isFound = namesRow(plan, values)
  const rowIn = async (trx: Trx | undefined) =>
    isFound && trx !== undefined ? await findRowOf(trx, places.store, plan, values) : undefined
  const given = isFound && kind !== 'inserted' ? undefined : cellsGiven(plan, values)
  // A row that was made may have got another second key since.
  const left = (await rowIn(places.after)) ?? given
  const fields = plan.mapping.fields.map(({ name }) => name)
  const at = columnsOf(plan).map((column) => fields.indexOf(column))
  const now = left && leftBy(next, left, at)
  const old = found === undefined ? await rowIn(places.before) : before(change, now ?? [], at)
  return changesBetween(plan, old, now)
}

/** The row as a change left it, of which later ones made `last`. */
function leftBy(next: Change | undefined, last: RowCells, at: number[]): RowCells {
  return next?.found === undefined ? last : before(next, leftBy(next.next, last, at), at)
}

/**
 * The row before an update, in the texts of the database, as far as these are known: what was not
 * changed is as after it.
 */
function before({ values, found = [] }: Change, after: RowCells, at: number[]): RowCells {
  return at.map((place, index) => {
    const [old = null, given] = [found[place], values[place]]
    const now = after[index] ?? null
    const isSame = (given !== undefined && isEqual(old, given)) || isNumber(old, now)
    return isSame ? now : textOf(old)
  })
}

function isNumber(value: Value, text: string | null): boolean {
  return typeof value === 'number' && text !== null && Number(text) === value
}
