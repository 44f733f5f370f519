import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Both halves of the space for new objects: of a command, and of a service, which runs beside others. */
const [OF_A_COMMAND, OF_A_SERVICE] = [64 * 2 ** 20, 16 * 2 ** 20]

/** Per cent that the space for older objects grows before they are collected. */
const GROWTH_OF_A_SERVICE = 20

let mostBytes = OF_A_COMMAND
let factor = 2

/**
 * Keeps V8's space for new objects from growing beyond what records need: by itself it takes
 * 128 MiB on a machine with much memory, and a command is hardly faster for it. V8 takes an option
 * for it only at the start of a process, which may be anybody's; how fast the space grows can be set
 * at any time. It shrinks while the process is idle, and must grow again then.
 */
export function limitYoungHeap(): void {
  new PerformanceObserver(adjust).observe({ entryTypes: ['gc'] })
}

/** Makes do with less, which costs some time where the rows of a table are compared. */
export function saveMemory(): void {
  mostBytes = OF_A_SERVICE
  // The next collection would double it before it is seen.
  adjust()
  // By itself the space for older objects, and the buffers they hold, grow up to fourfold between two.
  setFlagsFromString(`--heap-growing-percent=${GROWTH_OF_A_SERVICE}`)
}

function adjust(): void {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
  const wanted = young !== undefined && 2 * young.space_size > mostBytes ? 1 : 2
  if (wanted === factor) return
  factor = wanted
  setFlagsFromString(`--semi-space-growth-factor=${factor}`)
}
