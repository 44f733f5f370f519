// The command line in a process that is slowed down, and stalls when it is told to: what shows the
// statuses that are over in a moment on a machine that is well.
import { run } from '../../program.ts'
import { slowDown, stallFor } from '../slow-down.ts'

const STALL_MS = 30 * 60_000

process.on('message', (what) => {
  process.send?.('as asked')
  // What was sent is on its way after this turn.
  if (what === 'stall') setImmediate(stallFor, STALL_MS)
})
process.channel?.unref()

slowDown()
process.exitCode = await run(process.argv.slice(2))
