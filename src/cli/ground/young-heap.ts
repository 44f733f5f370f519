import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Both halves of the space for new objects. */
const MOST_BYTES = 32 * 2 ** 20

/**
 * Keeps V8's space for new objects from growing beyond what records need: by itself it takes
 * 128 MiB on a machine with much memory, and a worker is no faster for it. V8 takes an option for it
 * only at the start of a process, which may be anybody's; how fast the space grows can be set later.
 */
export function limitYoungHeap(): void {
  const watch = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    if (young === undefined || young.space_size < MOST_BYTES) return
    setFlagsFromString('--semi-space-growth-factor=1')
    watch.disconnect()
  })
  watch.observe({ entryTypes: ['gc'] })
}
