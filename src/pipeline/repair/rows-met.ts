import type { Store, Trx } from '../../db/store.ts'
import type { CellChange } from '../../domain/jobs/changed-row.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { ImportPlan } from '../import/plan/match-table.ts'
import {
  changesBetween,
  findRowOf,
  namesRow,
  rowNames,
  type RecordValues,
  type RowCells,
} from '../import/row-cells.ts'
import type { ValidatedRecord } from '../import/validate.ts'

/** What a corrected record does to a row that the table has already. */
export type MetRow = {
  kind: 'updated' | 'deleted'
  /** The cells that differ then, in the order of the fields; none where they were not asked for. */
  cells: CellChange[]
}

type Met = {
  kind: MetRow['kind']
  values: RecordValues
  after?: RowCells | undefined
  /** A double of a record that was rejected, which does this where there is a row. */
  isAlone: boolean
}

/**
 * Which of the records that are tried write over a row that was there before them. Who wrote that
 * row nobody knows: it may be a later record of the same source, or another job since.
 */
export class RowsMet {
  /** Rows are read one by one, before the trial and after it. */
  readonly wantsFound = false
  readonly #plan: ImportPlan
  /** What a record does to a row that is there. */
  readonly #alone: MetRow['kind']
  readonly #met = new Map<number, Met>()
  /** By name, what records of the trial did to a row: the last of them, unless one made it. */
  readonly #done = new Map<string, 'made' | MetRow['kind']>()
  /** The names of rows whose first record was rejected. */
  readonly #rejected = new Set<string>()
  /** Records that are neither rejected nor written. */
  readonly #idle = new Set<number>()

  constructor(plan: ImportPlan, { operation }: Pick<ImportSpecification, 'operation'>) {
    this.#plan = plan
    this.#alone = operation === 'delete' ? 'deleted' : 'updated'
  }

  /** Begins a batch; postponed records follow in batches of their own. */
  begin(): void {}

  /** The trial begins anew. */
  restart(): void {
    this.#met.clear()
    this.#done.clear()
    this.#rejected.clear()
    this.#idle.clear()
  }

  note(records: readonly ValidatedRecord[]): void {
    for (const { record, values, outcome } of records) {
      const names = rowNames(this.#plan, values)
      const [own = ''] = names
      if (isIdle(outcome)) this.#idle.add(record)
      else this.#idle.delete(record)
      if (outcome?.kind === 'rejected') this.#rejected.add(own)
      const isAlone = outcome?.kind === 'double' && !this.#done.has(own) && this.#rejected.has(own)
      const kind = isAlone ? this.#alone : this.#kindOf(outcome, this.#done.get(own))
      if (kind === undefined) continue
      if (!isAlone) for (const name of names) this.#done.set(name, kind)
      if (kind !== 'made') this.#met.set(record, { kind, values: [...values], isAlone })
    }
  }

  /**
   * What a record does to its row. One that changes nothing, since another of the trial has done so
   * before, does it itself where that one is left out.
   */
  #kindOf(outcome: ValidatedRecord['outcome'], before: 'made' | MetRow['kind'] | undefined) {
    switch (outcome?.kind) {
      case 'inserted':
        return 'made'
      case 'updated':
      case 'deleted':
        return before ?? outcome.kind
      case 'unchanged':
      case 'ignored':
      case 'double':
        return before
      default:
        return undefined
    }
  }

  /** Reads the first rows as the records left them, in the transaction that is tried. */
  async readAfter(trx: Trx, store: Store, most: number): Promise<void> {
    for (const met of [...this.#met.values()].slice(0, most)) {
      if (namesRow(this.#plan, met.values)) {
        met.after = await findRowOf(trx, store, this.#plan, met.values)
      }
    }
  }

  /** By record, with the cells of the first rows as they are now, once the trial is undone. */
  async changes(store: Store, most: number): Promise<Map<number, MetRow>> {
    const changes = new Map<number, MetRow>()
    for (const [record, { kind, values, after, isAlone }] of this.#met) {
      const isRead = (changes.size < most || isAlone) && namesRow(this.#plan, values)
      const before = isRead ? await findRowOf(store.db, store, this.#plan, values) : undefined
      if (isAlone && before === undefined) continue
      changes.set(record, { kind, cells: this.#differing(before, after) })
    }
    return changes
  }

  /** The records of which nothing would be written, whatever becomes of the others. */
  idle(): number[] {
    return [...this.#idle].filter((record) => !this.#met.has(record))
  }

  #differing(before: RowCells | undefined, after: RowCells | undefined): CellChange[] {
    if (before === undefined || after === undefined) return []
    return changesBetween(this.#plan, before, after).filter((_, at) => before[at] !== after[at])
  }
}

/** No row has its key, a rule of the table swallows it, or the job leaves it out. */
function isIdle(outcome: ValidatedRecord['outcome']): boolean {
  const { kind } = outcome ?? {}
  return kind === 'ignored' || kind === 'duplicate' || kind === 'filtered'
}
