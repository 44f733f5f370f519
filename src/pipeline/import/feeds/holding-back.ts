import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { RecordReader } from '../../formats/source-reader.ts'
import { recordsOf, type RecordFeed } from './record-feed.ts'

/**
 * A feed that holds back the last records: it returns a record only if `count` more are buffered
 * after it. The end of the source shows which are the last; until then they wait in the reader.
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
    isInOrder: feed.isInOrder,
    hasNext: () => Promise.resolve(available(1) > 0),
    next: (trx, most) => feed.next(trx, available(most)),
    mark: () => feed.mark(),
  }
}

/** The journal message about the records held back, after the end of the source. */
export function lastRecords(
  reader: RecordReader,
  { skipLast }: Pick<ImportSpecification, 'skipLast'>,
): Message[] {
  const [first, ...others] = recordsOf(reader, skipLast)
  if (first === undefined) return []
  return [{ code: 'TLY-1131', params: { count: others.length + 1, line: first.line } }]
}
