import { createHash } from 'node:crypto'
import { ruleAnswers, type TypedRule } from '../../../views/repair/repair-url.ts'
import type { DraftVersion } from '../../engine/repair/save-drafts.ts'

/**
 * Stands for what the figures of a page are about, the rule and the corrections. The form sends it
 * back: with another, what would be imported was never shown.
 */
export function checkedMark(rule: TypedRule, drafts: DraftVersion[]): string {
  const corrections = drafts.map(({ record, at }) => [record, at])
  return createHash('sha256')
    .update(JSON.stringify([ruleAnswers(rule), corrections]))
    .digest('hex')
}
