import { JobFailure } from '../../domain/words/failures.ts'
import { STANDARD_OUTPUT } from '../../domain/specification/specification.ts'
import type { Output } from '../../pipeline/ports.ts'
import { ignoreBrokenPipe } from './print.ts'
import { isOutOfSpace } from '../../domain/words/errors.ts'

/**
 * Standard output as the target of an export. It cannot be resumed: a broken pipe or an interrupt
 * fails the job with that reason.
 */
export function standardOutput(stop: AbortSignal): Output {
  ignoreBrokenPipe()
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(failure('pipe_stopped')), { once: true })
  })
  // Avoids an unhandled rejection while nothing is being written.
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
  if (isOutOfSpace(error)) return failure('pipe_full')
  if ('code' in error && error.code === 'EPIPE') return failure('pipe_closed')
  return new JobFailure('output_failed', { path: STANDARD_OUTPUT, detail: error.message })
}

function failure(problem: 'pipe_closed' | 'pipe_full' | 'pipe_stopped'): JobFailure {
  return new JobFailure('output_failed', { path: STANDARD_OUTPUT, problem })
}
