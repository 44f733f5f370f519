import type Sqlite from 'better-sqlite3'
import type { Row, Violation, WritePlan } from '../target.ts'
import { violationOf } from './constraint.ts'
import type { Deferred } from './deferred.ts'

type Attempt = (
  kind: 'inserted' | 'updated' | 'deleted',
  run: () => Row['values'],
) => Violation | undefined

/** Writes one record, or tells why the database refuses it, which is then as if never tried. */
export function attempts(
  handle: Sqlite.Database,
  plan: WritePlan,
  deferred: Deferred | undefined,
): Attempt {
  const plain = (run: () => void) => {
    try {
      run()
      return undefined
    } catch (error) {
      return violationOf(error, plan, handle)
    }
  }
  if (deferred === undefined) return (_kind, run) => plain(run)

  const [begin, undo, keep] = ['savepoint', 'rollback to', 'release'].map((word) =>
    handle.prepare(`${word} tallyman_record`),
  )
  return (kind, run) => {
    begin?.run()
    let written: Row['values'] = []
    const check = kind === 'deleted' ? deferred.deleted : deferred.written
    const violation = plain(() => (written = run())) ?? check(written)
    if (violation !== undefined) undo?.run()
    keep?.run()
    return violation
  }
}
