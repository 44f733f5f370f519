import { programFile } from '../../../src/installation.ts'

/** The command line as it is built, for a process of its own. */
export const MAIN = programFile('main')
