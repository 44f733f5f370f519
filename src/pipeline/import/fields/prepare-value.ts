import type { ColumnInfo } from '../../../domain/records/table.ts'
import { MASK } from '../../../domain/records/mask.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { formatSample } from '../../../domain/specification/fields/format-sample.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { RecordReading, SourceRecord } from '../../formats/source-reader.ts'
import { codecOf } from '../../values/formats/codec-of.ts'
import { transformOf } from '../../values/transform.ts'
import type { Calculated } from '../../expressions/calculator.ts'
import { UnreadValue } from './unread-value.ts'
import { makerOf, type Making } from '../fields/make-value.ts'

const MASKED = new UnreadValue({ code: 'TLY-3042', params: {} }, undefined)

type Place = Pick<SourceRecord, 'record' | 'line'>

/**
 * Turns the text of a mapped column, or none, into the text that is cast to the type of the field:
 * its own source, transforms, format.
 */
export type ValuePreparation = (
  given: string,
  reading: Pick<RecordReading, 'fields'>,
  place: Place,
  calculated: readonly Calculated[],
) => string | UnreadValue

/**
 * The preparation that the options of a field ask for; undefined if they ask for none.
 * @throws UnusableError if a template names an unknown column
 */
export function preparationOf(
  { from, transforms, format, sensitive }: FieldOptions,
  column: Pick<ColumnInfo, 'type'>,
  making: Making,
): ValuePreparation | undefined {
  const make = from === null ? undefined : makerOf(from, column, making)
  const transform = transformOf(transforms)
  const codec = format === null ? undefined : codecOf(format, column.type)
  const isPlain = make === undefined && transform === undefined && codec === undefined
  if (isPlain && !sensitive) return undefined
  const sample = format === null ? {} : wantedIn(format)
  // Only a closed list can have a value for none.
  const readsEmpty = format?.kind === 'enumeration' && codec?.read('') !== undefined

  return (given, reading, place, calculated) => {
    const raw = make === undefined ? given : make(reading, place, calculated)
    if (typeof raw !== 'string') return raw
    // A reject that was corrected elsewhere still has its mask there.
    if (sensitive && raw === MASK) return MASKED
    const text = transform === undefined || raw === '' ? raw : transform(raw)
    if (codec === undefined || (text === '' && !readsEmpty)) return text
    const read = codec.read(text)
    if (read !== undefined) return read
    const { code, policy } = codec.refusal
    return new UnreadValue({ code, params: { value: shorten(text), ...sample } }, policy)
  }
}

/** What a message says that is taken: a value as the format writes it, or the words of its list. */
function wantedIn(format: ValueFormat): { sample?: string; listed?: string } {
  // A currency may stand beside a number, and need not.
  if (format.kind === 'number') return { sample: formatSample({ ...format, currency: '' }) }
  if (format.kind !== 'enumeration') return { sample: formatSample(format) }
  const words = format.values.map(({ written }) => written).filter((word) => word !== '')
  return words.length === 0 ? {} : { listed: shorten(words.join(', ')) }
}
