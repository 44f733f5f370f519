/** Rows as text, and the first cell of each column that would not round-trip. */
export type WrittenRows = {
  text: Buffer
  odd: OddCell[]
  /** The first cell of each column that was changed in the file. */
  changed?: ChangedCell[] | undefined
}

/**
 * A value with a character that the encoding lacks, that a spreadsheet would run, or that its
 * format cannot write.
 */
export type ChangedCell = OddCell & { code: 'TLY-1105' | 'TLY-1106' | 'TLY-1108' }

/** A cell that would not round-trip. */
export type OddCell = {
  column: number
  /** Row on its page, from 0. */
  row: number
  /** The beginning of its text; null for NULL. */
  value: string | null
}

/** Keeps the first odd cell of each column, and its first NULL, which has a message of its own. */
export class OddCells {
  readonly #first = new Map<number, OddCell>()

  note(column: number, row: number, isNull: boolean, text: () => string): void {
    const key = column * 2 + Number(isNull)
    if (!this.#first.has(key)) this.#first.set(key, { column, row, value: isNull ? null : text() })
  }

  get all(): OddCell[] {
    return [...this.#first.values()]
  }
}
