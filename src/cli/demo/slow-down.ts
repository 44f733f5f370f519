const TIMES_SLOWER = 50
const LONGEST_SLEEP_MS = 500
const LOOK_MS = 250
/** Who started it: it may be gone by the time the process stalls. */
const PARENT = process.ppid

/**
 * Leaves this process one part in fifty of a CPU, as a crowded machine would: after every turn of
 * its event loop it sleeps in proportion to the work of the turn. Nothing in Tallyman knows of it:
 * imports of a few seconds take minutes, and cost nothing meanwhile.
 */
export function slowDown(): void {
  let before = performance.eventLoopUtilization()
  setInterval(() => {
    const { active } = performance.eventLoopUtilization(before)
    sleep(Math.min(LONGEST_SLEEP_MS, active * TIMES_SLOWER))
    before = performance.eventLoopUtilization()
  }, 1).unref()
}

/**
 * Stops this process between two turns, as a disk that does not answer would: its heart goes on
 * beating from its thread, so that nobody takes its job for lost. Ends with whoever started it.
 */
export function stallFor(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (process.ppid === PARENT && performance.now() < end) sleep(LOOK_MS)
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
