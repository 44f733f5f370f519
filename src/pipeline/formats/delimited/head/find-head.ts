import type { Message } from '../../../../domain/words/messages.ts'
import { shorten } from '../../../../domain/texts/shorten.ts'
import { withRejectNames } from '../../reject-columns.ts'
import { damagedNames } from './damaged-names.ts'
import { fitWidth } from './fit-width.ts'
import { commonWidth, hasKnown, rowsOf, type ExpectedHead, type HeadRow } from './head-rows.ts'
import { requireNoLowerHeader } from './lower-header.ts'
import { titleRows } from './title-rows.ts'
import { unclear } from './unclear.ts'
import { likenessOf } from '../../../values/value-class.ts'

/** The names of the columns, and the size of the head. */
export type FoundHead = {
  names: string[]
  /** Whether the names are from a header, and not numbers of columns. */
  isNamed: boolean
  /** Number of extra fields at the end of each record, always empty. */
  dropped: number
  /** Rows above the header, and rows of the header. */
  titles: number
  lines: number
  notes: Message[]
}

export type HeadOptions = {
  header: boolean
  headerLines: number | null
  columns: string[]
  delimiter: string
  decode(bytes: string): string | undefined
}

const NO_HEAD: FoundHead = { names: [], isNamed: false, dropped: 0, titles: 0, lines: 0, notes: [] }

/**
 * Detects the header from the first rows: as specified, or by strong evidence.
 * @throws UnusableError if the evidence is weak
 */
export function findHead(rows: HeadRow[], options: HeadOptions, expected: ExpectedHead): FoundHead {
  const { header, headerLines, columns } = options
  if (columns.length > 0) return givenNames(columns, rows, expected)
  else if (!header) return numbered(rows)
  else if (headerLines !== null) return joinedNames(rows, headerLines, expected)
  else return foundNames(rows, options, expected)
}

function givenNames(columns: string[], rows: HeadRow[], expected: ExpectedHead): FoundHead {
  const [sample = []] = rowsOf(rows, commonWidth(rows).width)
  const added = withRejectNames(sample).slice(columns.length)
  const isExport = sample.length > columns.length && added.every((name) => !/^\d+$/.test(name))
  const names = isExport ? [...columns, ...added] : columns
  const fitted = fitWidth(names, rows, { ...expected, isStrict: true })
  return { ...fitted, isNamed: true, titles: 0, lines: 0 }
}

/** Uses the most common width, because the first record may be damaged. */
function numbered(rows: HeadRow[]): FoundHead {
  const [sample = []] = rowsOf(rows, commonWidth(rows).width)
  return { ...NO_HEAD, names: withRejectNames(sample) }
}

/** Joins the names in several header rows, column by column. */
function joinedNames(rows: HeadRow[], lines: number, expected: ExpectedHead): FoundHead {
  const header = rows.slice(0, lines)
  const width = Math.max(0, ...header.map(({ fields }) => fields.length))
  const names = Array.from({ length: width }, (_, column) =>
    header
      .map(({ fields }) => (fields[column] ?? '').trim())
      .filter((part) => part !== '')
      .join(' '),
  )
  if (header.some(({ isGood }) => !isGood)) return { ...NO_HEAD, isNamed: true, lines }
  const [only] = header
  const fitted = fitWidth(
    lines === 1 && only !== undefined ? only.fields : names,
    rows.slice(lines),
    expected,
  )
  return { ...fitted, isNamed: true, titles: 0, lines: header.length }
}

function foundNames(rows: HeadRow[], options: HeadOptions, expected: ExpectedHead): FoundHead {
  const damaged = damagedNames(rows, options)
  if (damaged !== undefined) {
    const notes: Message[] = [{ code: 'TLY-1129', params: { names: damaged.join(', ') } }]
    return { ...NO_HEAD, names: damaged, isNamed: true, lines: 1, notes }
  }
  const titles = titleRows(rows, expected)
  const [header, ...below] = rows.slice(titles)
  if (header === undefined) return { ...NO_HEAD, isNamed: true }
  if (titles === 0 && isRecord(rows, expected)) return withoutNames(rows, expected)

  if (!header.isGood) return { ...NO_HEAD, isNamed: true, titles, lines: 1 }
  if (!hasKnown(header.fields, expected)) {
    requireOneHeader(header, below, rows)
    requireNoLowerHeader([header, ...below])
  }
  const fitted = fitWidth(header.fields, below, expected)
  const notes = [...titleNotes(rows.slice(0, titles), header), ...fitted.notes]
  return { ...fitted, notes, isNamed: true, titles, lines: 1 }
}

/**
 * Whether the first row looks like the rows below it, so that it is no header.
 * @throws UnusableError if it may be a header whose names are numbers
 */
function isRecord(rows: HeadRow[], expected: ExpectedHead): boolean {
  const [first, ...below] = rows
  if (first?.isGood !== true || hasKnown(first.fields, expected)) return false
  const { alike, surelyAlike, unlike } = likenessOf(
    first.fields,
    rowsOf(below, first.fields.length),
  )
  if (alike === 0 || unlike > 0) return false
  if (alike === 1 || surelyAlike === 0) throw unclear('head_unclear', rows)
  return true
}

/**
 * For an existing table, fields are not matched by column order unless the specification says so.
 */
function withoutNames(rows: HeadRow[], { isStrict }: ExpectedHead): FoundHead {
  if (isStrict) throw unclear('no_names_found', rows)
  const { width } = commonWidth(rows)
  const names = Array.from({ length: width }, (_, at) => `column_${at + 1}`)
  const notes: Message[] = [{ code: 'TLY-1125', params: { columns: names.join(', ') } }]
  return { ...NO_HEAD, names, isNamed: true, notes }
}

/** @throws UnusableError if the row after the header seems to hold names or units too */
function requireOneHeader(header: HeadRow, below: HeadRow[], rows: HeadRow[]): void {
  const [next, ...records] = rowsOf(below, header.fields.length)
  if (next === undefined || next.every((value, at) => value === header.fields[at])) return
  const { typed, unlike } = likenessOf(next, records)
  const isSure = typed > 1 && unlike === typed && records.length > 2
  if (isSure) throw unclear('several_headers', rows)
}

function titleNotes(titles: HeadRow[], header: HeadRow): Message[] {
  if (titles.length === 0) return []
  const text = titles.map(({ fields }) => fields.join(' ').trim()).join(' / ')
  return [{ code: 'TLY-1124', params: { count: header.record.line - 1, text: shorten(text) } }]
}
