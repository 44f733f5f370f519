import type { MessageCode, MessageParams } from './messages.ts'

/** Why a job `failed`: the stored reason, and the message that explains it. */
export const FAILURES = {
  internal: 'TLY-9001',
  source_missing: 'TLY-9002',
  source_changed: 'TLY-9003',
  source_truncated: 'TLY-9004',
  target_missing: 'TLY-9005',
  target_changed: 'TLY-9006',
  all_rejected: 'TLY-9007',
  too_many_rejects: 'TLY-9008',
  stopped_by_field: 'TLY-9009',
  disk_full: 'TLY-9010',
  worker_died: 'TLY-9011',
  invalid_specification: 'TLY-9012',
  output_failed: 'TLY-9013',
  source_damaged: 'TLY-9014',
  database_failed: 'TLY-9015',
} as const satisfies Record<string, MessageCode>
export type FailureReason = keyof typeof FAILURES
export function isFailureReason(text: string): text is FailureReason {
  return Object.hasOwn(FAILURES, text)
}

/** Why a job `failed`, as stored with it. */
export type Failure = { reason: FailureReason; params: MessageParams }

/** Ends a run as `failed` with its reason; thrown by the pipeline, stored by the worker. */
export class JobFailure extends Error implements Failure {
  override name = 'JobFailure'
  readonly reason: FailureReason
  readonly params: MessageParams

  constructor(reason: FailureReason, params: MessageParams = {}) {
    super(`${reason} ${JSON.stringify(params)}`)
    this.reason = reason
    this.params = params
  }
}
