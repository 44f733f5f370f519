import type { Message } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import { sheetRow } from '../formats/delimited/writing/sheet-row.ts'
import { safeCell } from '../values/formula.ts'
import type { ResumeState } from '../import/opening/resume-state.ts'
import { readersOf } from '../import/opening/files-of-memo.ts'
import { placesOfRecord } from '../import/several/in-columns.ts'
import type { OpenedRecord, SourceColumn } from '../formats/inspection/opened-record.ts'
import { decode, type DecodedRun } from '../encodings/decode.ts'
import { RAW_COLUMN, rejectColumns, valuesOfReject } from '../formats/reject-columns.ts'

/** Maximum characters per cell: spreadsheets break a cell of over 32,767 into the next row. */
const MAX_CELL = 32_000

export type RejectsSheet = {
  columns: SourceColumn[]
  /** The state that tells how the source is read. */
  memo: ResumeState
  /** In the order of the source. */
  rejects: AsyncIterable<Reject>
  /** The message in the language of the user. */
  text(message: Message): string
  /** The name of the file that a record is in, where they are several. */
  fileOf?: ((record: number) => string) | undefined
  /** The cell separator that the user's spreadsheet expects. */
  separator: string
}

/**
 * The rejected records as a file for spreadsheets: the reason of each, its fields as far as they
 * can be parsed, and the whole record. Every row has the same number of cells.
 */
export async function* rejectsSheet(wanted: RejectsSheet): AsyncGenerator<Buffer> {
  const { columns, memo, rejects, separator } = wanted
  const readerOf = readersOf(memo)
  const row = (cells: string[]) =>
    sheetRow(
      cells.map((cell) => safeCell(shorten(cell, MAX_CELL))),
      separator,
    )
  const names = columns.map(({ name }) => name)
  yield Buffer.from(`\ufeff${row([...rejectColumns(wanted), ...names, RAW_COLUMN])}`)

  let last = 0
  for await (const reject of rejects) {
    if (reject.record === last) continue
    last = reject.record
    const opened = readerOf(last).openRejected(reject.raw, columns)
    const reasons = valuesOfReject(reject, wanted).map(String)
    const places = placesOfRecord(memo, last)
    const values = columns.map((_, index) => valueText(opened, places[index] ?? index))
    const whole = textOf(decode(opened.units, opened.encoding))
    yield Buffer.from(row([...reasons, ...values, whole]))
  }
}

/** An empty cell for a missing or unreadable field. */
function valueText(record: OpenedRecord, index: number): string {
  const value = record.valueAt(index, Infinity)
  return typeof value === 'string' ? '' : textOf(value.pieces)
}

/** Replaces invalid text, and NUL, which ends a text in some programs, with a visible sign. */
function textOf(pieces: DecodedRun[]): string {
  return pieces
    .map((piece) => (typeof piece === 'number' ? `⟨${hexadecimal(piece)}⟩` : piece))
    .join('')
    .replaceAll('\0', '⟨NUL⟩')
}

function hexadecimal(unit: number): string {
  return unit.toString(16).toUpperCase().padStart(2, '0')
}
