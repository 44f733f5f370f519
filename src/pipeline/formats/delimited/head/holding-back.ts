import type { Message } from '../../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../../domain/specification/specification.ts'
import { recordsOf, type RecordReader } from '../../../import/record-reader.ts'
import type { RecordScanner } from '../tokenizer/record-scanner.ts'

/**
 * A reader that never gives the last records: a record comes when so many behind it are held too.
 * Which are the last is known at the end of the source; before that they wait in the scanner.
 */
export function holdingBack(
  reader: RecordReader,
  scanner: RecordScanner,
  count: number,
): RecordReader {
  if (count === 0) return reader
  const available = (most: number) => {
    const back = reader.mark()
    const held = recordsOf(scanner, most + count)
    back()
    return Math.max(0, held.length - count)
  }
  return {
    get position() {
      return reader.position
    },
    get empty() {
      return reader.empty
    },
    hasNext: () => Promise.resolve(available(1) > 0),
    next: (trx, most) => reader.next(trx, available(most)),
    mark: () => reader.mark(),
  }
}

/** What the journal says of the records that were never given, once the source was read to its end. */
export function lastRecords(
  scanner: RecordScanner,
  { skipLast }: Pick<ImportSpecification, 'skipLast'>,
): Message[] {
  const [first, ...others] = recordsOf(scanner, skipLast)
  if (first === undefined) return []
  return [{ code: 'TLY-1131', params: { count: others.length + 1, line: first.line } }]
}
