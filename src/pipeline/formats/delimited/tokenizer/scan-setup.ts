import { isAscii } from 'node:buffer'
import { decoderFor } from '../../../encodings/encoding.ts'
import { FieldReader, type FieldFinder } from '../scan/field-reader.ts'
import type { FieldDecoding } from './record-window.ts'
import { wellFormed } from '../scan/window-text.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { isMultibyte, isUtf16 } from '../../../encodings/encoding-names.ts'
import { GeneralReader } from '../general/general-reader.ts'
import { isUsual, marksOf } from '../scan/scan-text.ts'

/** What the scanner needs to find records and fields in a window. */
export type ScanSetup = {
  /** Bytes per character of the window's text. */
  unit: 1 | 2
  reader: FieldFinder
  fields: FieldDecoding
  /** Lines with this prefix are not records. */
  comment: string | undefined
  /** Whether a window of ASCII bytes needs no decoding and holds the raw bytes of its records. */
  isPlainWhereAscii: boolean
  /** Whether the text of a window has one character per byte. */
  hasBytes: boolean
}

/** @throws RangeError if the delimiter or another mark of the dialect is not possible */
export function scanSetup(dialect: Dialect, columns: number | undefined): ScanSetup {
  const { encoding, missingColumns, surplusColumns } = dialect
  const marks = marksOf(dialect)
  const { delimiter, open, comment } = marks
  if (['', '\r', '\n', open].includes(delimiter)) {
    throw new RangeError(`${JSON.stringify(delimiter)} cannot be a delimiter in ${encoding}.`)
  }
  const width = { columns, missingColumns, surplusColumns }
  const isWide = isUtf16(encoding)
  const decoding = isWide
    ? { doubtful: /[\ud800-\udfff]/, decode: wellFormed }
    : { doubtful: /[\x80-\u01ff]/, decode: decoderFor(encoding) }
  const isSingle = !isWide && !isMultibyte(encoding)
  const decodesWhole = isSingle && isAscii(Buffer.from(delimiter, 'latin1'))
  return {
    unit: isWide ? 2 : 1,
    reader: isUsual(marks) ? new FieldReader(delimiter, open) : new GeneralReader(marks),
    fields: { delimiter, ...width, ...decoding, decodesWhole },
    comment: comment ?? undefined,
    isPlainWhereAscii: !isWide && encoding !== 'iso-2022-jp',
    hasBytes: isSingle,
  }
}
