/** Rows as text, and of each column the first cell that would not come back as it is. */
export type WrittenRows = {
  text: Buffer
  odd: OddCell[]
  /** Of each column the first cell that was changed on its way into the file. */
  changed?: ChangedCell[] | undefined
}

/** A value that an encoding lacks a character of, or that a spreadsheet would run. */
export type ChangedCell = OddCell & { code: 'TLY-1105' | 'TLY-1106' }

/** A cell that would not come back as it is. */
export type OddCell = {
  column: number
  /** Counted from 0 on its page. */
  row: number
  /** The beginning of its text; null where it has none. */
  value: string | null
}

/** The first one in each column, and the first NULL there, of which something else is told. */
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
