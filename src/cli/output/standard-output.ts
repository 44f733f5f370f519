import { JobFailure } from '../../domain/words/messages.ts'
import { STANDARD_OUTPUT } from '../../domain/specification/specification.ts'
import type { Output } from '../../pipeline/ports.ts'
import { outliveReader } from './print.ts'
import { isOutOfSpace } from '../../domain/words/errors.ts'

/**
 * Standard output as the place that an export goes to. It can't be gone on with: a reader that goes
 * away and an operator who interrupts the command end the job with the reason.
 */
export function standardOutput(stop: AbortSignal): Output {
  outliveReader()
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(failure('pipe_stopped')), { once: true })
  })
  // Somebody may be told of it while nothing is written.
  stopped.catch(() => undefined)
  return { write: (bytes) => Promise.race([stopped, write(bytes)]) }
}

function write(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => {
      if (error) reject(failureOf(error))
      else resolve()
    })
  })
}

function failureOf(error: Error): JobFailure {
  if (isOutOfSpace(error)) return new JobFailure('disk_full')
  if ('code' in error && error.code === 'EPIPE') return failure('pipe_closed')
  return new JobFailure('output_failed', { path: STANDARD_OUTPUT, detail: error.message })
}

function failure(problem: 'pipe_closed' | 'pipe_stopped'): JobFailure {
  return new JobFailure('output_failed', { path: STANDARD_OUTPUT, problem })
}
