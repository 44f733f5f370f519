import type { ChildProcess } from 'node:child_process'
import { LEASE_MS } from '../../engine/lifecycle/workers.ts'

/** How often a worker tells its supervisor that it does not stand still. */
const SIGN_MS = 1_000
const LOOK_MS = 1_000

/**
 * What a worker tells its supervisor: that its main thread runs, or that it begins a statement which
 * may take longer than the lease, such as the making of an index.
 */
type Sign = 'alive' | 'long_statement'

/** Tells a supervisor, where there is one, again and again that the main thread does not stand still. */
export function giveSignsOfLife(): void {
  send('alive')
  setInterval(() => send('alive'), SIGN_MS).unref()
}

/** The supervisor is patient until the next sign of life. */
export function announceLongStatement(): void {
  send('long_statement')
}

function send(sign: Sign): void {
  // A supervisor that is gone has closed the channel, which the worker hears of.
  if (process.connected) process.send?.(sign, undefined, undefined, () => undefined)
}

export type SilenceWatch = {
  /** Whether the worker was started, or gave a sign of life, within the lease. */
  readonly isAnswering: boolean
  stop(): void
}

/**
 * Watches for a worker that stands still: a stopped process, or one that does not come out of a
 * statement, may hold the write lock, and everybody waits for it. It is watched from its first sign
 * of life on. Silence is counted in looks: a machine that slept has not seen that anybody was silent.
 */
export function watchSilence(
  worker: ChildProcess,
  { leaseMs = LEASE_MS, onSilent }: { leaseMs?: number | undefined; onSilent(): void },
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
