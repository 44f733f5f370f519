import { JobFailure } from '../domain/messages.ts'
import type { MoveOptions } from '../engine/transition.ts'

export type Failure = NonNullable<MoveOptions['failure']>

const DISK_FULL = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']

/** Why a run ended as it did not want to. What nobody foresaw is told in full on standard error. */
export function failureOf(error: unknown, jobId: number): Failure {
  if (error instanceof JobFailure) return { reason: error.reason, params: error.params }
  if (DISK_FULL.includes(codeOf(error))) return { reason: 'disk_full', params: {} }

  console.error(`Job ${jobId} failed:`, error)
  const detail = error instanceof Error ? error.message : String(error)
  return { reason: 'internal', params: { detail } }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
