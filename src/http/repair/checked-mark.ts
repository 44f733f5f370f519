import { createHash } from 'node:crypto'
import { ruleAnswers, type TypedRule } from '../../../views/repair/repair-url.ts'
import type { DraftVersion } from '../../engine/repair/save-drafts.ts'
import type { Fitting } from './check-rejects.ts'

type Checked = { rule: TypedRule; drafts: DraftVersion[]; fitting: Fitting }

/**
 * Stands for what the figures of a page are about, the rule and the corrections, and for what fits of
 * them. The form sends it back: with another, what would be imported was never shown.
 */
export function checkedMark({ rule, drafts, fitting }: Checked): string {
  const { looked, misfits, changing } = fitting
  const corrections = drafts.map(({ record, at }) => [record, at])
  const marks = [
    [ruleAnswers(rule), corrections],
    [looked, misfits, changing],
  ]
  return marks.map(hashed).join('.')
}

/** Why what is asked for was never shown; undefined where it was. */
export function unlikeChecked(mark: string | undefined, now: string) {
  if (mark === now) return undefined
  const isSameWork = mark?.split('.')[0] === now.split('.')[0]
  return { problem: isSameWork ? 'fit_changed' : 'not_checked' } as const
}

function hashed(what: unknown): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}
