import fc from 'fast-check'
import { afterAll, beforeEach, inject } from 'vitest'
import { endFile } from './after-file.ts'
import { SEED } from './faults/chance.ts'
import { readyPostgres } from './postgres/fresh.ts'

fc.configureGlobal({ seed: SEED })
if (inject('database') === 'PostgreSQL') beforeEach(readyPostgres)
afterAll(endFile)
