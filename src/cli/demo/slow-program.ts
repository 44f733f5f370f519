// The command line in a process that is slowed down: what the demo's workers are.
import { run } from '../program.ts'
import { slowDown } from './slow-down.ts'

slowDown()
process.exitCode = await run(process.argv.slice(2))
