import type { RejectKind } from '../../src/engine/rejects/reject-kinds.ts'
import type { LineRanges } from '../../src/engine/repair/line-ranges.ts'
import type { ListedReject } from '../../src/domain/records/reject.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import type { Glance } from '../../src/pipeline/formats/inspection/glance.ts'
import type { Ui } from '../ground/ui.ts'
import type { RejectState } from './rejects-url.ts'

/** A reject with the values of its record that a list shows. */
export type ShownReject = ListedReject & Glance

export type RejectsProps = {
  ui: Ui
  job: Job
  state: RejectState
  rejects: ShownReject[]
  /** All kinds of the job's rejects, most frequent first, some with an example and their lines. */
  kinds: (RejectKind & { example?: ListedReject | undefined; lines?: LineRanges | undefined })[]
  next?: string | undefined
  previous?: string | undefined
}
