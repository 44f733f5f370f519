// The command line in a slowed-down process that stalls on demand, to show statuses that last only
// a moment on a healthy machine.
import { run } from '../../program.ts'
import { slowDown, stallFor } from '../slow-down.ts'

const STALL_MS = 30 * 60_000

process.on('message', (what) => {
  process.send?.('as asked')
  // The answer is sent by the end of this turn.
  if (what === 'stall') setImmediate(stallFor, STALL_MS)
})
process.channel?.unref()

slowDown()
process.exitCode = await run(process.argv.slice(2))
