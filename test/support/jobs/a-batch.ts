import { noCounters, type Counters } from '../../../src/domain/jobs/counters.ts'
import type { Reject } from '../../../src/domain/records/reject.ts'
import type { BatchReport } from '../../../src/engine/lifecycle/batch.ts'
import { after, NOON, WORKER } from './a-job.ts'

type Wanted = Pick<BatchReport, 'jobId' | 'claim'> &
  Partial<Omit<BatchReport, 'counters'>> & { counters?: Partial<Counters> }

/** What a worker reports of ten records, ten seconds after noon. */
export function aBatch({ counters, ...given }: Wanted): BatchReport {
  const { now = after(10) } = given
  return {
    worker: WORKER,
    now,
    ranMs: now.getTime() - NOON.getTime(),
    total: null,
    checkpoint: { offset: 100, line: 12, record: counters?.processed ?? 10, memo: null },
    bytesRead: 100,
    rejects: [],
    journal: [],
    ...given,
    counters: { ...noCounters(), processed: 10, success: 10, inserted: 10, ...counters },
  }
}

export function aReject(given: Partial<Reject> = {}): Reject {
  return {
    record: 1,
    line: 2,
    offset: 10,
    connector: 'text',
    type: 'error',
    field: null,
    code: 'TLY-2001',
    params: {},
    raw: Buffer.from([0x61, 0xff, 0x00, 0x22]),
    ...given,
  }
}
