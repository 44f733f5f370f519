import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { RecordReader } from '../../formats/source-reader.ts'
import { lastRecords } from './holding-back.ts'
import type { RecordFeed } from './record-feed.ts'

type Limit = Pick<ImportSpecification, 'lastRecord'>

/** A feed that ends with the last record that is wanted. */
export function untilRecord(feed: RecordFeed, { lastRecord }: Limit): RecordFeed {
  if (lastRecord === null) return feed
  const left = () => Math.max(0, lastRecord - feed.position.record)
  return {
    isInOrder: feed.isInOrder,
    get position() {
      return feed.position
    },
    get empty() {
      return feed.empty
    },
    hasNext: async () => left() > 0 && (await feed.hasNext()),
    next: (trx, most) => feed.next(trx, Math.min(most, left())),
    mark: () => feed.mark(),
  }
}

/** Steps through the source until that record was read. */
export async function* windowsUntil(
  windows: AsyncIterable<void>,
  feed: Pick<RecordFeed, 'position'>,
  limit: Limit,
): AsyncGenerator<void> {
  for await (const step of windows) {
    yield step
    if (isPastLast(feed, limit)) return
  }
}

/** The journal message about the records at the end that were not taken. */
export function toldAtEnd(
  records: RecordReader,
  specification: Limit & Pick<ImportSpecification, 'skipLast'>,
): Message[] {
  const { lastRecord } = specification
  return lastRecord !== null && isPastLast(records, specification)
    ? [{ code: 'TLY-1143', params: { record: lastRecord } }]
    : lastRecords(records, specification)
}

export function isPastLast(
  { position }: Pick<RecordFeed, 'position'>,
  { lastRecord }: Limit,
): boolean {
  return lastRecord !== null && position.record >= lastRecord
}
