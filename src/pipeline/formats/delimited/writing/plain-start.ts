import { foreignKind } from '../../../encodings/foreign.ts'

/**
 * Beginnings of files that are not read as text or as a value: byte order marks, gzip, and Excel's
 * `sep=` line.
 */
const MARKS = ['\xef\xbb\xbf', '\xff\xfe', '\xfe\xff', '\x84\x31\x95\x33', '\x1f\x8b']
const EXCEL_LINE = /^sep=/i

/** Quotes the first value of a file if sniffing would mistake the beginning for something else. */
export function withPlainStart(text: Buffer, delimiter: string): Buffer {
  const start = text.toString('latin1', 0, 4)
  const isMarked = EXCEL_LINE.test(start) || MARKS.some((mark) => start.startsWith(mark))
  if (!isMarked && foreignKind(text) === undefined) return text
  // A value with one of these marks is already quoted.
  const ends = [delimiter, '\r', '\n'].map((mark) => text.indexOf(mark)).filter((end) => end !== -1)
  const end = Math.min(...ends)
  return Buffer.concat([
    Buffer.from('"'),
    text.subarray(0, end),
    Buffer.from('"'),
    text.subarray(end),
  ])
}
