/** What a text looks like; numbers may be years, and so names of columns, and the others never are. */
export type ValueClass = 'number' | 'money' | 'date' | 'time' | 'datetime' | 'text'

const CLASSES: [ValueClass, RegExp][] = [
  ['number', /^[+-]?(\d{1,15}|\d{0,15}[.,]\d{1,15})%?$/],
  ['money', /^[+-]?[$€£¥]\s?[+-]?\d[\d.,]*$|^[+-]?\d[\d.,]*\s?[$€£¥]$/],
  ['date', /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}$/],
  ['time', /^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/],
  ['datetime', /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}[T ]\d{1,2}:\d\d/],
]

export function classOf(value: string): ValueClass {
  const text = value.trim()
  return CLASSES.find(([, form]) => form.test(text))?.[0] ?? 'text'
}

/** How a row compares with those below it, by the columns whose values all look alike. */
export type Likeness = {
  /** Columns of one class that is not `text`. */
  typed: number
  /** Where the row has a text instead: there it is a name. */
  unlike: number
  /** Where the row looks as all below: there it is a value. */
  alike: number
  /** Of these, those whose class no name ever has. */
  surelyAlike: number
}

const FEWEST = 2

/** @param rows those below, as wide as the row */
export function likenessOf(row: string[], rows: string[][]): Likeness {
  const found = { typed: 0, unlike: 0, alike: 0, surelyAlike: 0 }
  row.forEach((value, column) => {
    const common = commonClass(rows.map((fields) => fields[column] ?? ''))
    if (common === undefined) return
    found.typed++
    if (value.trim() === '') return
    if (classOf(value) !== common) found.unlike++
    else {
      found.alike++
      if (common !== 'number') found.surelyAlike++
    }
  })
  return found
}

function commonClass(values: string[]): ValueClass | undefined {
  const filled = values.filter((value) => value.trim() !== '')
  const [first] = filled
  if (first === undefined || filled.length < FEWEST) return undefined
  const common = classOf(first)
  return common !== 'text' && filled.every((value) => classOf(value) === common)
    ? common
    : undefined
}
