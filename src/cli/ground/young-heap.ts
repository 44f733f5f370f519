import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Both halves of the space for new objects. */
const MOST_BYTES = 64 * 2 ** 20

/**
 * Keeps V8's space for new objects from growing beyond what records need: by itself it takes
 * 128 MiB on a machine with much memory, and a worker is hardly faster for it. V8 takes an option for it
 * only at the start of a process, which may be anybody's; how fast the space grows can be set at any
 * time. It shrinks while the process is idle, and must grow again then.
 */
export function limitYoungHeap(): void {
  let factor = 2
  new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    const wanted = young !== undefined && young.space_size >= MOST_BYTES ? 1 : 2
    if (wanted === factor) return
    factor = wanted
    setFlagsFromString(`--semi-space-growth-factor=${factor}`)
  }).observe({ entryTypes: ['gc'] })
}
