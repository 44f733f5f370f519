import type { Store } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { ListedReject } from '../../domain/records/reject.ts'
import { headsOf } from '../../engine/rejects/find-reject.ts'
import { glanceAt, type Glance } from '../../pipeline/formats/inspection/glance.ts'
import type { SourceColumn } from '../../pipeline/formats/inspection/opened-record.ts'
import type { SourceReader } from '../../pipeline/formats/source-reader.ts'
import { fileOfRecord, memoOfFile } from '../../pipeline/import/opening/files-of-memo.ts'
import { sourceReaderOf } from '../../pipeline/known-formats.ts'
import { sourceColumns } from '../../pipeline/import/plan/source-columns.ts'
import { dialectOf } from './readable-record.ts'

/** Number of bytes read of each listed record; most records are much shorter. */
const GLANCE_BYTES = 16 * 1024

const NOTHING_KNOWN: Glance = { key: [], value: undefined }

/** Rejects with their record's key and faulty value, as far as the bytes read contain them. */
export async function withGlances<Reject extends ListedReject>(
  store: Store,
  job: Job,
  rejects: Reject[],
): Promise<(Reject & Glance)[]> {
  const dialect = dialectOf(job)
  if (job.type !== 'import' || dialect === undefined) {
    return rejects.map((reject) => ({ ...reject, ...NOTHING_KNOWN }))
  }
  const records = [...new Set(rejects.map(({ record }) => record))]
  const heads = await headsOf(store.db, job.id, records, GLANCE_BYTES)
  const inFile = new Map<number, { columns: SourceColumn[]; reader: SourceReader }>()
  for (const file of new Set(records.map((record) => fileOfRecord(dialect, record)))) {
    const memo = memoOfFile(dialect, file)
    const columns = await sourceColumns(store, memo, job.specification)
    inFile.set(file, { columns, reader: sourceReaderOf(memo) })
  }
  return rejects.map((reject) => {
    const how = inFile.get(fileOfRecord(dialect, reject.record))
    const found = heads.get(reject.record)
    if (found === undefined || how === undefined) return { ...reject, ...NOTHING_KNOWN }
    const { reader, columns } = how
    const record = reader.openRejected(found.head, columns, found.bytes - found.head.length)
    return { ...reject, ...glanceAt(record, reject, job.specification) }
  })
}
