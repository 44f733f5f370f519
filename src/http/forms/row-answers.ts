import { FILTER_ROWS, type Answers } from '../../../views/forms/job-form.ts'
import {
  DIRECTIONS,
  needsValue,
  ROW_OPERATORS,
  type RowCondition,
  type RowGroup,
} from '../../domain/specification/row-selection.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { formatNames, parseNames } from '../../domain/texts/input-parsing.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { oneOf } from '../ground/params.ts'
import { typed } from './form-values.ts'
import { amountIn, amountText } from './reading-answers.ts'

type Given = { [Part in keyof ExportSpecification]?: unknown }

/** The answers about the rows that an export writes. */
export function rowAnswers({
  filter,
  order,
  mostRows,
  differential,
  columns,
  names,
}: ExportSpecification): Answers {
  const answers: Answers = {
    order: formatNames(order.map(({ field, direction }) => `${field} ${direction}`)),
    mostRows: amountText(mostRows),
    differential: differential ?? '',
    titles: titlesOf(columns, names),
    filterKind: filter?.kind ?? 'all',
  }
  const shown = filter !== null && isFlat(filter) ? filter.of : []
  FILTER_ROWS.forEach((row, at) => {
    const part = shown[at]
    if (part?.kind !== 'condition') return
    answers[`filterField${row}`] = part.field
    answers[`filterOperator${row}`] = part.operator
    answers[`filterValue${row}`] = part.value
  })
  return answers
}

/**
 * The inverse. A filter of an earlier specification that the form cannot show stays.
 * @throws InvalidInputError
 */
export function rowsIn(answers: Answers, old: ExportSpecification | undefined): Given {
  const conditions = FILTER_ROWS.flatMap((row): RowCondition[] => {
    const field = typed(answers, `filterField${row}`)
    const operator = oneOf(ROW_OPERATORS, answers[`filterOperator${row}`]) ?? 'is'
    const value = answers[`filterValue${row}`] ?? ''
    if (field === undefined) return []
    if (value === '' && needsValue(operator)) {
      throw new InvalidInputError({ problem: 'empty_part' }, { at: ['filter'] })
    }
    return [{ kind: 'condition', field, operator, value }]
  })
  const kept = old?.filter ?? null
  const isHidden = kept !== null && !isFlat(kept) && conditions.length === 0
  const kind = answers.filterKind === 'any' ? 'any' : 'all'
  const filter = isHidden ? kept : conditions.length === 0 ? null : { kind, of: conditions }
  return {
    filter,
    order: orderIn(answers),
    mostRows: amountIn(answers, 'mostRows'),
    differential: typed(answers, 'differential') ?? null,
  }
}

/** Names for the file, one for each column; an empty one leaves the column's own. */
export function titlesIn(answers: Answers, columns: string[]): Record<string, string> {
  const titles = typed(answers, 'titles')
  if (titles === undefined) return {}
  const names = parseNames(titles, ['names'])
  if (names.length > columns.length) {
    throw new InvalidInputError(
      { problem: 'too_many_titles', count: columns.length },
      { at: ['names'] },
    )
  }
  return Object.fromEntries(
    columns.flatMap((column, at) => {
      const title = names[at]
      return title === undefined || title === column ? [] : [[column, title]]
    }),
  )
}

function titlesOf(columns: string[], names: Record<string, string>): string {
  if (Object.keys(names).length === 0 || columns.length === 0) return ''
  return formatNames(columns.map((column) => names[column] ?? column))
}

function orderIn(answers: Answers): { field: string; direction: string }[] {
  const order = typed(answers, 'order')
  if (order === undefined) return []
  return parseNames(order, ['order']).map((text) => {
    const [, field = text, word = 'asc'] = /^(.+?)\s+(asc|desc)$/i.exec(text) ?? []
    return { field, direction: oneOf(DIRECTIONS, word.toLowerCase()) ?? 'asc' }
  })
}

function isFlat({ of }: RowGroup): boolean {
  return of.length <= FILTER_ROWS.length && of.every(({ kind }) => kind === 'condition')
}
