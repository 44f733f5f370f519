import { withProblem } from './texts.ts'
import { name } from '../../texts/names.ts'

/** Tallyman's own tables cannot be targets, and SQLite reserves names that begin with `sqlite_`. */
export const tableName = name.refine(
  (text) => !/^(tallyman|sqlite)_/i.test(text),
  withProblem('reserved_name'),
)
