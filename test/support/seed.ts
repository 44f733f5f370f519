import fc from 'fast-check'
import { SEED } from './faults/chance.ts'

fc.configureGlobal({ seed: SEED })
