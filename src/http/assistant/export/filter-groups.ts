import { conditionsIn } from '../../../../views/assistant/export/row-filter.tsx'
import {
  needsValue,
  ROW_OPERATORS,
  type RowCondition,
  type RowGroup,
} from '../../../domain/specification/row-selection.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { oneOf } from '../../ground/params.ts'
import { requireNoHalf } from '../answers/half-row.ts'
import type { Typed } from '../step.ts'

type Flat = { kind: RowGroup['kind']; of: RowCondition[] }
/** What the page shows of a filter: groups of conditions, one beside the other. */
type Groups = { kind: RowGroup['kind']; of: Flat[] }

/** Empty rows that are offered for more conditions. */
const SPARE = { ofGroup: 1, ofNewGroup: 2 }

/** The answers about the rows that a filter takes, with rows for more. */
export function filterAnswers(filter: RowGroup | null): Typed {
  const { kind, of } = groupsOf(filter) ?? NONE
  const answers: Record<string, string> = { filterKind: kind }
  const shown = of.length === 0 ? [EMPTY, EMPTY] : [...of, EMPTY]
  shown.forEach((group, at) => {
    const spare = group.of.length === 0 ? SPARE.ofNewGroup : SPARE.ofGroup
    answers[`group-${at + 1}`] = group.kind
    for (let row = 1; row <= group.of.length + spare; row++) {
      const condition = group.of[row - 1]
      answers[`field-${at + 1}-${row}`] = condition?.field ?? ''
      answers[`operator-${at + 1}-${row}`] = condition?.operator ?? 'is'
      answers[`value-${at + 1}-${row}`] = condition?.value ?? ''
    }
  })
  return answers
}

/**
 * The inverse. A filter that the page cannot show stays where none is typed, and one that was only
 * shown stays as it is written.
 * @throws InvalidInputError for a condition without its value, or a value without its field
 */
export function filterIn(typed: Typed, old: RowGroup | null): RowGroup | null {
  const shown = filterAnswers(old)
  const groups = conditionsIn(typed).map((rows, at): Flat => ({
    kind: kindIn(typed[`group-${at + 1}`]),
    of: Array.from({ length: rows }, (_, row) => `${at + 1}-${row + 1}`).flatMap((place) =>
      conditionAt(typed, place, shown),
    ),
  }))
  const filled = groups.filter(({ of }) => of.length > 0)
  const [only] = filled
  const kept = groupsOf(old)
  if (only === undefined) return kept === undefined ? old : null
  const filter = filled.length === 1 ? only : { kind: kindIn(typed['filterKind']), of: filled }
  return JSON.stringify(groupsOf(filter)) === JSON.stringify(kept) ? old : filter
}

function conditionAt(typed: Typed, place: string, shown: Typed): RowCondition[] {
  const field = typed[`field-${place}`] ?? ''
  const operator = oneOf(ROW_OPERATORS, typed[`operator-${place}`]) ?? 'is'
  const value = typed[`value-${place}`] ?? ''
  if (field === '') {
    requireNoHalf(typed, place, shown)
    return []
  }
  if (value === '' && needsValue(operator)) {
    throw new InvalidInputError({ problem: 'no_value_yet', field }, { at: ['filter'] })
  }
  return [{ kind: 'condition', field, operator, value }]
}

function kindIn(text: string | undefined): RowGroup['kind'] {
  return text === 'any' ? 'any' : 'all'
}

const EMPTY: Flat = { kind: 'all', of: [] }
const NONE: Groups = { kind: 'all', of: [] }

/** undefined: groups in groups, or a group of nothing. */
export function groupsOf(filter: RowGroup | null): Groups | undefined {
  if (filter === null) return NONE
  const conditions = filter.of.filter((part) => part.kind === 'condition')
  const groups = filter.of.filter((part) => part.kind !== 'condition').map(flatGroup)
  if (conditions.length === 0 && groups.length === 0) return undefined
  const own = conditions.length === 0 ? [] : [{ kind: filter.kind, of: conditions }]
  const all = [...own, ...groups]
  const flat = all.filter((group) => group !== undefined)
  if (flat.length < all.length) return undefined
  return { kind: groups.length === 0 ? 'all' : filter.kind, of: flat }
}

function flatGroup({ kind, of }: RowGroup): Flat | undefined {
  const conditions = of.filter((part) => part.kind === 'condition')
  return conditions.length === of.length && of.length > 0 ? { kind, of: conditions } : undefined
}
