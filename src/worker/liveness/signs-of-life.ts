import type { ChildProcess } from 'node:child_process'

/** How often a worker sends its supervisor a sign of life. */
const SIGN_MS = 1_000
const LOOK_MS = 1_000
/** The silence after which a worker stands still. */
const STILL_MS = 10_000

/**
 * A worker's message to its supervisor: its main thread runs, or it begins a statement that may
 * take longer than the lease, such as building an index.
 */
type Sign = 'alive' | 'long_statement'

/** Sends signs of life from the main thread at intervals, where there is a supervisor. */
export function giveSignsOfLife(): void {
  send('alive')
  setInterval(() => send('alive'), SIGN_MS).unref()
}

/** Suspends the supervisor's timeout until the next sign of life. */
export function announceLongStatement(): void {
  send('long_statement')
}

function send(sign: Sign): void {
  // Errors are ignored: a supervisor that is gone closes the channel, which the worker notices.
  if (process.connected) process.send?.(sign, undefined, undefined, () => undefined)
}

export type SilenceWatch = {
  /** Whether the worker was started, or gave a sign of life, within the lease. */
  readonly isAnswering: boolean
  stop(): void
}

/**
 * Liveness check of a worker process: one that is stopped or stuck in a statement may hold the
 * write lock, and all others wait for it. It starts with the first sign of life. Silence is counted
 * in timer ticks and not by the clock, so that a sleep of the machine does not count.
 */
export function watchSilence(
  worker: ChildProcess,
  { leaseMs = STILL_MS, onSilent }: { leaseMs?: number | undefined; onSilent(): void },
): SilenceWatch {
  let last: Sign | undefined
  let silentMs = 0
  const lookMs = Math.min(LOOK_MS, leaseMs)
  worker.on('message', (sign: Sign) => {
    last = sign
    silentMs = 0
  })
  const timer = setInterval(() => {
    if (last === 'long_statement') return
    silentMs += lookMs
    if (silentMs > leaseMs && last === 'alive') onSilent()
  }, lookMs)
  timer.unref()
  return {
    get isAnswering() {
      return silentMs <= leaseMs
    },
    stop: () => clearInterval(timer),
  }
}
