import type { FieldCheck } from '../../../domain/specification/fields/checks.ts'
import type { RefusedPart } from '../../../domain/words/errors.ts'
import { MOST_TRANSFORMS } from '../../../domain/specification/fields/transforms.ts'

/** A row of the form: the end of the names of its inputs, and the field and column that it is about. */
export type PlacedRow = {
  row: string
  field: string
  column?: string | undefined
  /** Of a field that no column fills, by which its own inputs end. */
  made?: number | undefined
  /** The kinds of its checks, in their order. */
  checks: readonly FieldCheck['kind'][]
}

/** The name of the input of the columns step that a fault is about; undefined if there is none. */
export function inputAt(
  at: RefusedPart['at'],
  rows: readonly PlacedRow[],
  typed: Readonly<Record<string, string>>,
): string | undefined {
  const [part, name, ...inside] = at ?? []
  if (part === 'map')
    return inputOf(
      rows.find(({ column }) => column === name),
      'field',
    )
  const found = rows.findLast(({ field }) => field === name)
  if (part === 'types') return inputOf(found, 'type')
  if (part !== 'fields' || found === undefined) return undefined
  const [option = 'field', place = '', detail = ''] = inside
  const { row, made, checks } = found
  switch (option) {
    case 'from':
      return made === undefined ? `field-${row}` : `text-${made}`
    case 'field':
      return made === undefined ? `field-${row}` : `from-${made}`
    case 'transforms':
      return `${TEXT_OF_CHANGE[detail] ?? 'change'}-${row}-${rowOfChange(place, row, typed)}`
    case 'checks':
      return `${inputOfCheck(checks[Number(place)], detail)}-${row}`
    case 'format':
      return `${INPUT_OF_FORMAT[place] ?? 'format'}-${row}`
    default:
      return undefined
  }
}

function inputOf(found: PlacedRow | undefined, name: string): string | undefined {
  return found && `${name}-${found.row}`
}

const TEXT_OF_CHANGE: Partial<Record<string, string>> = {
  from: 'first',
  length: 'first',
  separator: 'first',
  locale: 'first',
  to: 'second',
  with: 'second',
  part: 'second',
}

const INPUT_OF_FORMAT: Partial<Record<string, string>> = {
  pivot: 'pivot',
  currency: 'currency',
  values: 'enumeration',
  fixed: 'fixed',
}

/** A specification counts the changes that there are; `#2` is the second row, free ones included. */
function rowOfChange(place: string, row: string, typed: Readonly<Record<string, string>>): number {
  if (place.startsWith('#')) return Number(place.slice(1))
  const places = Array.from({ length: MOST_TRANSFORMS }, (_, at) => at + 1)
  const used = places.filter((one) => (typed[`change-${row}-${one}`] ?? '') !== '')
  return used[Number(place)] ?? Number(place) + 1
}

function inputOfCheck(kind: FieldCheck['kind'] | undefined, detail: string): string {
  switch (kind) {
    case 'range':
      return detail === 'most' ? 'most' : 'least'
    case 'one_of':
      return 'oneOf'
    case 'exists':
      return detail === 'column' ? 'existsColumn' : 'existsTable'
    default:
      return kind ?? 'pattern'
  }
}
