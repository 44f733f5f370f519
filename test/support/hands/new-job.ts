import { importSpecification } from '../../../src/domain/specification.ts'
import type { NewJob } from '../../../src/engine/jobs.ts'

export const NEW_JOB: NewJob = {
  type: 'import',
  specification: importSpecification.parse({
    path: '/data/crates.csv',
    table: 'crate',
    operation: 'insert',
    duplicates: 'reject',
  }),
  label: 'Crates',
  targetTable: 'crate',
  fileName: 'crates.csv',
}
