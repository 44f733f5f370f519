import { foreignKind } from '../../../encodings/foreign.ts'

/** What a file begins with that is no text, or no value: byte order marks, archives, Excel's own line. */
const MARKS = ['\xef\xbb\xbf', '\xff\xfe', '\xfe\xff', '\x84\x31\x95\x33', '\x1f\x8b']
const EXCEL_LINE = /^sep=/i

/** The beginning of a file, its first value in quotes where it would be taken for something else. */
export function withPlainStart(text: Buffer, delimiter: string): Buffer {
  const start = text.toString('latin1', 0, 4)
  const isMarked = EXCEL_LINE.test(start) || MARKS.some((mark) => start.startsWith(mark))
  if (!isMarked && foreignKind(text) === undefined) return text
  // A value that holds one of them is quoted already.
  const ends = [delimiter, '\r', '\n'].map((mark) => text.indexOf(mark)).filter((end) => end !== -1)
  const end = Math.min(...ends)
  return Buffer.concat([
    Buffer.from('"'),
    text.subarray(0, end),
    Buffer.from('"'),
    text.subarray(end),
  ])
}
