import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { castFor } from '../cast.ts'
import { castDatetime } from '../dates.ts'
import { codecOf } from './codec-of.ts'
import { instantOf } from './instants.ts'
import { writtenNumber } from './written-number.ts'
import { isNumberText } from '../numbers.ts'

/**
 * Reads the values of a field for comparisons. Each has a key: equal values have the same one, and
 * `compareTexts` orders the keys as the type orders its values.
 */
export type Comparing = {
  /** Whether the type has an order of its own, as numbers and dates have. */
  isOrdered: boolean
  /** The key of a value as its table has it. */
  keyOf(text: string): string
  /** The key of a value as the file writes it; undefined for what is none. */
  keyInFile(text: string): string | undefined
  /** The keys of a value that a person names: as the file writes it, or else as its table has it. */
  keysOfGiven(text: string): string[]
}

export function comparingOf(column: ColumnInfo, format: ValueFormat | null): Comparing {
  const order = orderOf(column, format)
  const keyOf = order === 'number' ? numberKey : order === 'instant' ? instantKey : plainKey
  const read = readerOf(column, order)
  const keyInTable = (text: string) => {
    const value = read(text)
    return value === undefined ? undefined : keyOf(value)
  }
  // A closed list says what the table has for each value: a person names that.
  const codec = format === null ? undefined : codecOf(format, column.type)
  const keyInFile = (text: string) => {
    const inTable = codec === undefined ? text : codec.read(text)
    return inTable === undefined ? undefined : keyInTable(inTable)
  }
  return {
    isOrdered: order !== undefined,
    keyOf,
    keyInFile,
    keysOfGiven: (text) => {
      const keys = [format?.kind === 'enumeration' ? undefined : keyInFile(text), keyInTable(text)]
      return [...new Set(keys.filter((key) => key !== undefined))]
    },
  }
}

type Order = 'number' | 'instant' | undefined

function orderOf({ type }: ColumnInfo, format: ValueFormat | null): Order {
  switch (format?.kind) {
    case 'number':
      return 'number'
    case 'date':
    case 'date_pattern':
    case 'epoch':
    case 'excel_date':
      return 'instant'
    default:
      if (type === 'integer' || type === 'number') return 'number'
      else return type === 'date' || type === 'datetime' ? 'instant' : undefined
  }
}

/** A bound of whole numbers may have decimals, and one of dates a time of day. */
function readerOf(column: ColumnInfo, order: Order): (text: string) => string | undefined {
  if (order === undefined) {
    const cast = castFor(column)
    return (text) => (cast === null ? text : cast(text)?.toString())
  }
  return (text) => {
    const trimmed = text.trim()
    if (column.specialValues?.test(trimmed) === true) return trimmed
    if (order === 'instant') return castDatetime(trimmed)?.toString()
    return isNumberText(trimmed) || INFINITE.test(trimmed) ? trimmed : undefined
  }
}

function plainKey(text: string): string {
  return text
}

const INFINITE = /^[+-]?inf(?:inity)?$/i
const BEYOND_DOUBLES = `1${'0'.repeat(400)}`
const NUMBER = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/
const { write: withoutExponent } = writtenNumber({
  kind: 'number',
  decimal: '.',
  grouping: '',
  currency: '',
  currencyPlace: 'after',
  percent: false,
})

function numberKey(text: string): string {
  if (INFINITE.test(text)) return `${text.startsWith('-') ? '-' : ''}${BEYOND_DOUBLES}`
  const written = withoutExponent(text) ?? text
  const [found, sign, whole = '', decimals = ''] = NUMBER.exec(written) ?? []
  if (found === undefined) return text
  const digits = `${whole === '' ? '0' : whole}${decimals === '' ? '' : `.${decimals}`}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

/** The seconds from the beginning of the year 0 to 1970, so that no key has a sign. */
const TO_1970 = 62_167_219_200
/** A second that clocks insert is taken for the one before it. */
const INSERTED = /:60(?=\D|$)/

/** Nanoseconds. */
function instantKey(text: string): string {
  const instant = instantOf(text.replace(INSERTED, ':59')) ?? timestampOf(text)
  if (instant === undefined) return text
  return `${instant.second + TO_1970}${instant.fraction.padEnd(9, '0')}`
}

/** A Unix timestamp: how many digits it has tells its unit. */
function timestampOf(text: string): { second: number; fraction: string } | undefined {
  if (!/^-?\d{1,16}$/.test(text)) return undefined
  const digits = text.replace('-', '').length
  const unit = digits > 13 ? 1_000_000 : digits > 10 ? 1_000 : 1
  const second = Math.floor(Number(text) / unit)
  const rest = Number(text) - second * unit
  return { second, fraction: unit === 1 ? '' : String(rest).padStart(unit === 1_000 ? 3 : 6, '0') }
}
