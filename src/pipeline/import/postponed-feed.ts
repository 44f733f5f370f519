import type { Store } from '../../db/store.ts'
import type { SourceReader } from '../formats/source-reader.ts'
import type { RecordFeed } from './record-feed.ts'

/**
 * The records that refer to later ones of the file, now that it was read to its end. They lie in
 * the database and are taken one by one: which is next may depend on the one before.
 */
export function postponedFeed(
  { store, jobId }: { store: Store; jobId: number },
  reader: SourceReader,
  { position, empty }: Pick<RecordFeed, 'position' | 'empty'>,
): RecordFeed {
  const postponed = store.openPostponed(jobId)
  return {
    position,
    empty,
    hasNext: () => postponed.isAny(),
    async next(trx) {
      const taken = await postponed.take(trx)
      return taken === undefined ? [] : [reader.again(taken)]
    },
    // They come back with the transaction that took them.
    mark: () => () => undefined,
  }
}
