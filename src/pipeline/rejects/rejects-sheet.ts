import type { Message } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import { dialect as dialectSchema, type Dialect } from '../formats/delimited/dialect/dialect.ts'
import { safeCell } from '../values/formula.ts'
import { quotedIn } from '../formats/delimited/dialect/quoted-in.ts'
import type { ResumeState } from '../import/plan/import-plan.ts'
import {
  openRecord,
  valueAt,
  type OpenedRecord,
} from '../formats/delimited/inspection/opened-record.ts'
import { decode, type DecodedRun } from '../encodings/decode.ts'
import { REJECT_COLUMNS } from '../import/plan/reject-columns.ts'
import type { SourceColumn } from '../import/plan/source-columns.ts'

/** A spreadsheet takes 32,767 characters in a cell, and breaks a longer one into the next row. */
const MAX_CELL = 32_000

export type RejectsSheet = {
  columns: SourceColumn[]
  /** How the source is written. */
  memo: ResumeState
  /** In the order of the source. */
  rejects: AsyncIterable<Reject>
  /** The message in the reader's language. */
  text(message: Message): string
  /** What the reader's spreadsheets look for between two cells. */
  delimiter: string
}

/**
 * The rejected records as a file to read in a spreadsheet: why each was rejected, its fields as far
 * as they can be told apart, and the record as it came. Every row has the same number of cells.
 */
export async function* rejectsSheet(wanted: RejectsSheet): AsyncGenerator<Buffer> {
  const { columns, memo, rejects, text, delimiter } = wanted
  const dialect = dialectSchema.parse({ encoding: 'utf-8', delimiter })
  const names = columns.map(({ name }) => name)
  yield Buffer.from(`\ufeff${rowIn(dialect, [...REJECT_COLUMNS, ...names, 'reject_raw'])}`)

  let last = 0
  for await (const reject of rejects) {
    if (reject.record === last) continue
    last = reject.record
    const { line, record, connector, field, code, raw } = reject
    const opened = openRecord(raw, { columns, dialect: memo })
    const reasons = [String(line), String(record), connector, field ?? '', code, text(reject)]
    const values = columns.map((_, index) => valueText(opened, index))
    const whole = textOf(decode(opened.units, opened.encoding))
    yield Buffer.from(rowIn(dialect, [...reasons, ...values, whole]))
  }
}

function rowIn(dialect: Dialect, cells: string[]): string {
  const written = cells.map((cell) => quotedIn(safeCell(shorten(cell, MAX_CELL)), dialect))
  return `${written.join(dialect.delimiter)}\r\n`
}

/** A field that is wanting or could not be read is an empty cell. */
function valueText(record: OpenedRecord, index: number): string {
  const value = valueAt(record, index, Infinity)
  return typeof value === 'string' ? '' : textOf(value.pieces)
}

/** What is no text, and what ends a text in some programs, has a sign in its place. */
function textOf(pieces: DecodedRun[]): string {
  return pieces
    .map((piece) => (typeof piece === 'number' ? `⟨${hexadecimal(piece)}⟩` : piece))
    .join('')
    .replaceAll('\0', '⟨NUL⟩')
}

function hexadecimal(unit: number): string {
  return unit.toString(16).toUpperCase().padStart(2, '0')
}
