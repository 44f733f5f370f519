import type { DatabaseKind } from '../../kind.ts'
import { isTextIndexed } from './check-job-text.ts'
import { findText } from './job-text.ts'
import { missingParts } from './missing-parts.ts'
import { PLANNER_HINTS } from './planner-hints.ts'

export const SQLITE: DatabaseKind = {
  findText,
  isTextIndexed,
  openBatch: () => Promise.resolve(),
  missingParts,
  nameKey,
  hints: PLANNER_HINTS,
}

/** SQLite ignores the case of ASCII letters only. */
function nameKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
