// The command line in a slowed-down process, as the demo's workers run.
import { run } from '../../program.ts'
import { slowDown } from '../slow-down.ts'

/** Full speed until the worker looks for its first job. */
const STARTING_MS = 1_500

setTimeout(slowDown, STARTING_MS).unref()
process.exitCode = await run(process.argv.slice(2))
