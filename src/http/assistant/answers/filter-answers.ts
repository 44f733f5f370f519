import {
  FILTER_OPERATORS,
  type FilterCondition,
  type FilterGroup,
} from '../../../domain/specification/record-filter.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { parseAmount } from '../../../domain/texts/input-parsing.ts'
import { RECORD_ROWS } from '../../../../views/assistant/fields/record-filter.tsx'
import { oneOf } from '../../ground/params.ts'
import { requireNoHalf } from './half-row.ts'

/** The inputs of a step as they were sent. */
type Texts = Readonly<Record<string, string>>

type Records = Pick<ImportSpecification, 'filter' | 'firstRecord' | 'lastRecord'>

/** The answers about the records that are taken. */
export function recordAnswers({ filter, firstRecord, lastRecord }: Records): Texts {
  const answers: Record<string, string> = {
    firstRecord: firstRecord === 1 ? '' : String(firstRecord),
    lastRecord: lastRecord === null ? '' : String(lastRecord),
  }
  if (filter === null || isHidden(filter)) return answers
  answers['filterKind'] = filter.kind
  for (const [at, part] of filter.of.entries()) {
    if (part.kind !== 'condition') continue
    answers[`column-${at + 1}`] = part.column
    answers[`operator-${at + 1}`] = part.operator
    answers[`value-${at + 1}`] = part.value
  }
  return answers
}

/**
 * The inverse. A filter that the form cannot show stays where none is typed.
 * @throws InvalidInputError for a value without a column
 */
export function recordsIn(typed: Texts, old: Records): Record<string, unknown> {
  if (typed['filterKind'] === undefined) return {}
  const shown = recordAnswers(old)
  const conditions = RECORD_ROWS.flatMap((row): FilterCondition[] => {
    const column = (typed[`column-${row}`] ?? '').trim()
    const operator = oneOf(FILTER_OPERATORS, typed[`operator-${row}`]) ?? 'is'
    const value = typed[`value-${row}`] ?? ''
    if (column !== '') return [{ kind: 'condition', column, operator, value }]
    requireNoHalf(typed, String(row), shown)
    return []
  })
  const kind = typed['filterKind'] === 'any' ? 'any' : 'all'
  const isKept = conditions.length === 0 && old.filter !== null && isHidden(old.filter)
  return {
    filter: isKept ? old.filter : conditions.length === 0 ? null : { kind, of: conditions },
    firstRecord: amountIn(typed['firstRecord']) ?? 1,
    lastRecord: amountIn(typed['lastRecord']) ?? null,
  }
}

/** Groups in groups, or more conditions than the form has. */
export function isHidden({ of }: FilterGroup): boolean {
  return of.length > RECORD_ROWS.length || of.some(({ kind }) => kind !== 'condition')
}

function amountIn(text = ''): number | string | undefined {
  return text.trim() === '' ? undefined : parseAmount(text.trim())
}
