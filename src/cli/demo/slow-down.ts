const TIMES_SLOWER = 50
const MAX_SLEEP_MS = 500
const POLL_MS = 250
/** The parent at the start; it may be gone when the process stalls. */
const PARENT = process.ppid

/**
 * Leaves this process a fiftieth of a CPU, as on a crowded machine: after every turn of the event
 * loop it sleeps in proportion to the work of the turn. Nothing else in Tallyman knows of it.
 * Imports of seconds take minutes, without load.
 */
export function slowDown(): void {
  let before = performance.eventLoopUtilization()
  setInterval(() => {
    const { active } = performance.eventLoopUtilization(before)
    sleep(Math.min(MAX_SLEEP_MS, active * TIMES_SLOWER))
    before = performance.eventLoopUtilization()
  }, 1).unref()
}

/**
 * Blocks the event loop, as an unresponsive disk would. The heartbeat thread continues, so that
 * nobody rescues its job. Ends with the parent process.
 */
export function stallFor(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (process.ppid === PARENT && performance.now() < end) sleep(POLL_MS)
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
