import { UnusableError } from '../../../../domain/words/errors.ts'
import type { DelimitedImport } from '../../../../domain/specification/specification.ts'
import { textOfWindow } from '../scan/window-text.ts'
import { decoderFor } from '../../../encodings/encoding.ts'
import { detectEncoding } from '../../../encodings/detect-encoding.ts'
import type { Detection } from '../dialect/detection.ts'
import { quotePair, type Dialect } from '../dialect/dialect.ts'
import type { HeadBytes } from '../../../source/first-bytes.ts'
import {
  ENCODINGS,
  isUtf16,
  parseEncoding,
  type Encoding,
} from '../../../encodings/encoding-names.ts'
import { requireText } from '../../../encodings/foreign.ts'
import { asScanned } from '../scan/scan-text.ts'
import { sniffDialect, type Asked } from './sniff-dialect.ts'

export type DialectReading = {
  dialect: Dialect
  detection: Detection
  /** Bytes before the text: the byte order mark and the `sep=` line for Excel. */
  offset: number
  /** The physical line at `offset`, from 1. */
  line: number
}

/**
 * The dialect: as specified, otherwise detected by sniffing.
 * @throws UnusableError if it is not text, or the encoding lacks a specified mark
 */
export function readDialect(
  { bytes, isWhole }: HeadBytes,
  specification: DelimitedImport,
): DialectReading {
  const detected = detectEncoding(bytes)
  const named = namedEncoding(specification)
  const encoding = named ?? detected.encoding
  requireText(bytes, specification, { encoding, isSure: specification.delimiter !== null })
  requireMarks(specification, encoding)
  const mark = bytes.subarray(0, detected.bomBytes)
  const excel = excelLine(bytes.subarray(mark.length), encoding)
  const offset = mark.length + (excel?.bytes ?? 0)
  const asked: Asked = {
    ...specification,
    encoding,
    delimiter: specification.delimiter ?? excel?.delimiter ?? null,
  }
  const text = textOfWindow(bytes.subarray(offset), encoding, isWhole)
  const { dialect, ...delimiter } = sniffDialect({ text, isWhole }, asked)
  const sure = { confidence: 1, alternatives: [] }
  return {
    dialect,
    detection: { encoding: named === undefined ? detected : sure, delimiter },
    offset,
    line: excel === undefined ? 1 : 2,
  }
}

function namedEncoding({ encoding: name }: DelimitedImport): Encoding | undefined {
  if (name === null) return undefined
  const encoding = parseEncoding(name)
  if (encoding !== undefined) return encoding
  throw new UnusableError({
    problem: 'no_encoding',
    encoding: name,
    choices: ENCODINGS.join(', '),
  })
}

function requireMarks(specification: DelimitedImport, encoding: Encoding): void {
  const { delimiter, quote, escape, recordEnd, comment } = specification
  const quotes = quote === null ? [] : Object.values(quotePair({ quote }))
  for (const mark of [delimiter, ...quotes, escape, recordEnd, comment]) {
    if (mark !== null && asScanned(mark, encoding) === undefined) {
      throw new UnusableError({ problem: 'delimiter_unknown', delimiter: mark, encoding })
    }
  }
}

/** A first line `sep=;` names the delimiter for Excel and is not a record. */
const EXCEL_LINE = /^sep=([^"\r\n]{1,20})(?:\r\n|\r|\n)/i
/** Maximum length of such a line. */
const EXCEL_BYTES = 128

function excelLine(
  bytes: Buffer,
  encoding: Encoding,
): { delimiter: string; bytes: number } | undefined {
  const units = textOfWindow(bytes.subarray(0, EXCEL_BYTES), encoding, false)
  const [line, found = ''] = EXCEL_LINE.exec(units) ?? []
  const delimiter = isUtf16(encoding) ? found : decoderFor(encoding)(found)
  if (line === undefined || delimiter === undefined) return undefined
  return { delimiter, bytes: line.length * (isUtf16(encoding) ? 2 : 1) }
}
