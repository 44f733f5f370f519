// The command line in a process that is slowed down, and stalls when it is told to, or while it
// shuts down: what shows the statuses that are over in a moment on a machine that is well.
import { run } from '../program.ts'
import { slowDown, stallFor } from './slow-down.ts'

const STALL_MS = 30 * 60_000
/** Time to announce a shutdown; a job whose batch takes longer than five seconds is let go of. */
const ANNOUNCED_MS = 2_500

process.on('message', () => {
  process.send?.('stalled')
  // What was sent is on its way after this turn.
  setImmediate(stallFor, STALL_MS)
})
process.channel?.unref()
process.on('SIGTERM', () => setTimeout(stallFor, ANNOUNCED_MS, STALL_MS))

slowDown()
process.exitCode = await run(process.argv.slice(2))
