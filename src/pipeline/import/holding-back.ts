import type { Message } from '../../domain/words/messages.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { RecordReader } from '../formats/source-reader.ts'
import { recordsOf, type RecordFeed } from './record-feed.ts'

/**
 * A feed that never gives the last records: a record comes when so many behind it are held too.
 * Which are the last is known at the end of the source; before that they wait in the reader.
 */
export function holdingBack(feed: RecordFeed, reader: RecordReader, count: number): RecordFeed {
  if (count === 0) return feed
  const available = (most: number) => {
    const back = feed.mark()
    const held = recordsOf(reader, most + count)
    back()
    return Math.max(0, held.length - count)
  }
  return {
    get position() {
      return feed.position
    },
    get empty() {
      return feed.empty
    },
    hasNext: () => Promise.resolve(available(1) > 0),
    next: (trx, most) => feed.next(trx, available(most)),
    mark: () => feed.mark(),
  }
}

/** What the journal says of the records that were never given, once the source was read to its end. */
export function lastRecords(
  reader: RecordReader,
  { skipLast }: Pick<ImportSpecification, 'skipLast'>,
): Message[] {
  const [first, ...others] = recordsOf(reader, skipLast)
  if (first === undefined) return []
  return [{ code: 'TLY-1131', params: { count: others.length + 1, line: first.line } }]
}
