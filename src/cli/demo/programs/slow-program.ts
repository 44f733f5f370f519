// The command line in a process that is slowed down: what the demo's workers are.
import { run } from '../../program.ts'
import { slowDown } from '../slow-down.ts'

/** Nobody watches a worker that looks for its first job: until then it may hurry. */
const STARTING_MS = 1_500

setTimeout(slowDown, STARTING_MS).unref()
process.exitCode = await run(process.argv.slice(2))
