/** A copy of a row with only these columns. */
export function pickColumns<Row extends object, Column extends keyof Row>(
  row: Row,
  columns: readonly Column[],
): Pick<Row, Column> {
  const kept = new Set<PropertyKey>(columns)
  return copied(row, (column) => kept.has(column))
}

/** A copy of a row without these columns. */
export function without<Row extends object, Column extends keyof Row>(
  row: Row,
  columns: readonly Column[],
): Omit<Row, Column> {
  const left = new Set<PropertyKey>(columns)
  return copied(row, (column) => !left.has(column))
}

function copied<Row extends object>(row: Row, isKept: (column: string) => boolean): Row {
  const copy = { ...row }
  for (const column of Object.keys(row)) {
    if (!isKept(column)) Reflect.deleteProperty(copy, column)
  }
  return copy
}
