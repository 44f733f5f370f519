import type { Row } from '../../../domain/records/record.ts'
import { wireOf } from './wire.ts'

const [TAB, LINE_FEED, CARRIAGE_RETURN, BACKSLASH] = [9, 10, 13, 92]
const NULL_LETTER = 'N'.charCodeAt(0)
/** The letter that follows a backslash for a character; 0 where none is needed. */
const ESCAPES = new Uint8Array(0x80)
ESCAPES[TAB] = 't'.charCodeAt(0)
ESCAPES[LINE_FEED] = 'n'.charCodeAt(0)
ESCAPES[CARRIAGE_RETURN] = 'r'.charCodeAt(0)
ESCAPES[BACKSLASH] = BACKSLASH
/** Room for the usual chunk, used again and again. */
const ROOM = Buffer.allocUnsafeSlow(2 ** 20)
/** A unit of UTF-16 has three bytes at most, and an escape two. */
const MOST_BYTES = 3

/**
 * Rows in COPY's text format (postgresql.org/docs/current/sql-copy.html), with the fields at these
 * indexes. Written character by character, they take half the time of texts that are put together
 * and encoded then.
 */
export function copyBytes(
  { fields }: { fields: { type: string }[] },
  rows: Row['values'][],
  at: number[],
): Buffer {
  const columns = at.map((index) => ({ index, type: fields[index]?.type ?? 'text' }))
  let bytes: Buffer = ROOM
  let to = 0
  for (const values of rows) {
    let isFirst = true
    for (const column of columns) {
      const text = wireOf(values[column.index], column)
      // With a tab, and the end of the line or the sign for NULL.
      const end = to + MOST_BYTES * ((text?.length ?? 0) + 1)
      if (end > bytes.length) bytes = enlarged(bytes.subarray(0, to), end)
      if (!isFirst) bytes[to++] = TAB
      isFirst = false
      if (text === null) {
        bytes[to++] = BACKSLASH
        bytes[to++] = NULL_LETTER
      } else {
        to = write(text, bytes, to)
      }
    }
    bytes[to++] = LINE_FEED
  }
  return Buffer.from(bytes.subarray(0, to))
}

/** Those of the rows whose index is wanted: a line feed ends each, and is in none. */
export function copiedRows(bytes: Buffer, isWanted: (at: number) => boolean): Buffer {
  const pieces: Buffer[] = []
  let [at, start, from] = [0, 0, 0]
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    if (!isWanted(at++)) {
      pieces.push(bytes.subarray(from, start))
      from = end + 1
    }
    start = end + 1
  }
  return from === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(from)])
}

function enlarged(written: Buffer, bytes: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(2 * bytes)
  written.copy(larger)
  return larger
}

/** Writes a text as UTF-8, and escapes what has a meaning in the format. @returns where it ends */
function write(text: string, bytes: Buffer, start: number): number {
  let to = start
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) {
      const letter = ESCAPES[code] ?? 0
      if (letter !== 0) bytes[to++] = BACKSLASH
      bytes[to++] = letter === 0 ? code : letter
    } else if (code < 0x800) {
      bytes[to++] = 0xc0 | (code >> 6)
      bytes[to++] = 0x80 | (code & 0x3f)
    } else {
      return start + bytes.write(text.replace(/[\\\n\r\t]/g, escapeOf), start)
    }
  }
  return to
}

function escapeOf(sign: string): string {
  return `\\${String.fromCharCode(ESCAPES[sign.charCodeAt(0)] ?? 0)}`
}
