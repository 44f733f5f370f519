import type { Message } from '../../../../domain/words/messages.ts'
import type { DelimitedExport } from '../../../../domain/specification/specification.ts'
import { detectEncoding } from '../../../encodings/detect-encoding.ts'
import { USUAL_DIALECT } from '../dialect/dialect.ts'
import { FIRST_BYTES } from '../../../source/first-bytes.ts'
import { sniffDialect } from './sniff-dialect.ts'
import { textEncoder } from '../../../encodings/text-encoder.ts'
import { writableEncoding } from '../../../encodings/writable-encoding.ts'

type WrittenDialect = { delimiter: string; header: boolean }

/** Whether sniffing finds the dialect of a written text. A single column has no delimiter. */
export function showsDialect(text: Buffer, { delimiter, header }: WrittenDialect): boolean {
  const head = text.subarray(0, FIRST_BYTES)
  if (head.length === 0) return true
  const sample = { text: head.toString('latin1'), isWhole: head.length === text.length }
  const asked = { ...USUAL_DIALECT, delimiter: null, quote: null, escape: null, header }
  const { dialect } = sniffDialect(sample, asked)
  const { quote, escape } = USUAL_DIALECT
  return dialect.delimiter === delimiter && dialect.quote === quote && dialect.escape === escape
}

type Encoded = Pick<DelimitedExport, 'encoding' | 'bom'>

/** The byte order mark, still in UTF-8; empty without one. */
export function markOf({ bom }: Pick<Encoded, 'bom'>): Buffer {
  return Buffer.from(bom ? '\ufeff' : '')
}

/** A warning that an import must name the encoding, if detection would find another one. */
export function encodingWarning(text: Buffer, specification: Encoded): Message[] {
  const encoding = writableEncoding(specification.encoding)
  const head = textEncoder(encoding)(text.subarray(0, FIRST_BYTES)).subarray(0, FIRST_BYTES)
  const isFound = encoding === 'utf-8' || detectEncoding(head).encoding === encoding
  return isFound ? [] : [{ code: 'TLY-1107', params: { encoding } }]
}
