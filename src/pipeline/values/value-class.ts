/**
 * What a text looks like. A number may be a year in a header; the other classes never occur in
 * names.
 */
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

/** Compares a row with those below it, in columns whose values all look alike. */
export type Likeness = {
  /** Number of columns with one class other than `text`. */
  typed: number
  /** Of these, columns where the row has another class, so it is a name. */
  unlike: number
  /** Of these, columns where the row has the same class, so it is a value. */
  alike: number
  /** Of the latter, columns whose class never occurs in names. */
  surelyAlike: number
}

const FEWEST = 2

/** Whether so many values of all make the class of a column. */
type IsEnough = (count: number, all: number) => boolean

const isAll: IsEnough = (count, all) => count === all

/** @param rows the rows below, with the same width */
export function likenessOf(row: string[], rows: string[][], isEnough = isAll): Likeness {
  const found = { typed: 0, unlike: 0, alike: 0, surelyAlike: 0 }
  row.forEach((value, column) => {
    const values = rows.map((fields) => fields[column] ?? '')
    const common = commonClass(values, isEnough)
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

function commonClass(values: string[], isEnough: IsEnough): ValueClass | undefined {
  const counts = new Map<ValueClass, number>()
  for (const value of values) {
    if (value.trim() === '') continue
    const one = classOf(value)
    counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return [...counts.keys()].find((one) => {
    const count = counts.get(one) ?? 0
    return one !== 'text' && count >= FEWEST && isEnough(count, all)
  })
}
