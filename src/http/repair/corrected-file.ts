import { InvalidInputError } from '../../domain/words/errors.ts'
import { MOST_CORRECTIONS } from '../../domain/records/correction.ts'
import { openRejectsAmong, type OpenReject } from '../../engine/repair/open-rejects.ts'
import type { Corrected } from '../../engine/repair/take-rejects.ts'
import { readCorrectedFile } from '../../pipeline/repair/read-corrected-file.ts'
import { valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import { checkRejects } from './check-rejects.ts'
import type { RepairSession } from './repair-session.ts'

const RECORDS_AT_ONCE = 500

/** What a corrected reject file holds. */
export type FileRepair = {
  fitting: Corrected[]
  /** Those that do not fit yet, as far as they are corrected, and how many there are in all. */
  others: Corrected[]
  unfit: number
  /** Records of the file that are no open rejects of the job, or cannot be read. */
  unknown: number
}

/**
 * Reads a corrected reject file and checks its records as the import does.
 * @throws InvalidInputError for a file that is none, or has a record twice or too many of them
 */
export async function repairFromFile(session: RepairSession, path: string): Promise<FileRepair> {
  const { store, job, reader } = session
  const corrected = new Map<number, Buffer>()
  let unknown = 0
  let bytes = 0
  const { specification } = job
  for await (const one of readCorrectedFile(store, { specification, path, reader })) {
    const { record, raw, line } = one
    if (record === undefined || raw === undefined) {
      unknown++
      continue
    }
    if (corrected.has(record)) {
      throw new InvalidInputError({ problem: 'corrected_twice', path, record, line })
    }
    corrected.set(record, raw)
    bytes += raw.length
    const { records: most, bytes: mostBytes } = MOST_CORRECTIONS
    if (corrected.size > most || bytes > mostBytes) {
      throw new InvalidInputError({ problem: 'too_many_corrections', path, limit: most })
    }
  }
  const found = await checkAll(session, corrected)
  return { ...found, unknown: unknown + corrected.size - found.open }
}

async function checkAll(session: RepairSession, corrected: ReadonlyMap<number, Buffer>) {
  const fitting: Corrected[] = []
  const others: Corrected[] = []
  let [open, unfit] = [0, 0]
  const records = [...corrected.keys()].toSorted((a, b) => a - b)
  for (let at = 0; at < records.length; at += RECORDS_AT_ONCE) {
    const piece = records.slice(at, at + RECORDS_AT_ONCE)
    const rejects = await openRejectsAmong(session.store.db, session.job.id, piece)
    open += rejects.length
    const asked = rejects.map((reject) => correctedBy(session, reject, corrected))
    for (const { reject, raw, misfit, isChanged } of await checkRejects(session, asked)) {
      if (raw === undefined) continue
      const { record } = reject
      if (misfit === undefined) fitting.push({ record, raw })
      else {
        unfit++
        if (isChanged) others.push({ record, raw })
      }
    }
  }
  return { fitting, others, unfit, open }
}

function correctedBy(
  { reader }: RepairSession,
  reject: OpenReject,
  corrected: ReadonlyMap<number, Buffer>,
) {
  const raw = corrected.get(reject.record)
  const before = reject.raw && valuesOfRecord(reader, reject, reject.raw)
  const values = raw && valuesOfRecord(reader, reject, raw)
  // The bytes may differ where the values do not, such as in needless quotes.
  const isChanged = before === undefined || JSON.stringify(before) !== JSON.stringify(values)
  return { reject, raw, isChanged, before, byHand: values, values, problem: undefined }
}
