import type { Store } from '../../../db/store.ts'
import type { SourceReader } from '../../formats/source-reader.ts'
import type { RecordFeed } from './record-feed.ts'

/**
 * The records that refer to later ones, retried after the end of the file. They are stored in the
 * database and taken one by one, because the next may depend on the one before.
 */
export function postponedFeed(
  { store, jobId }: { store: Store; jobId: number },
  readerOf: (record: number) => SourceReader,
  { position, empty }: Pick<RecordFeed, 'position' | 'empty'>,
): RecordFeed {
  const postponed = store.openPostponed(jobId)
  return {
    position,
    empty,
    isInOrder: false,
    hasNext: () => postponed.isAny(store.db),
    async next(trx) {
      const taken = await postponed.take(trx)
      if (taken === undefined) return []
      const record = readerOf(taken.record).again(taken)
      if (record === undefined) throw new Error(`record ${taken.record} was postponed without text`)
      return [record]
    },
    // The rollback of the transaction restores them.
    mark: () => () => undefined,
  }
}
