import type { ColumnInfo } from '../../../domain/records/table.ts'
import { MASK } from '../../../domain/records/mask.ts'
import type { ErrorPolicy } from '../../../domain/specification/fields/error-policy.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { RecordReading, SourceRecord } from '../../formats/source-reader.ts'
import { codecOf } from '../../values/formats/codec-of.ts'
import { transformOf } from '../../values/transform.ts'
import { makerOf, type Making } from '../fields/make-value.ts'

/** A value that is not in the format of its field, with the policy for it if not the field's. */
export class UnreadValue {
  readonly message: Message
  readonly policy: ErrorPolicy | undefined

  constructor(message: Message, policy: ErrorPolicy | undefined) {
    this.message = message
    this.policy = policy
  }
}

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
  // Only a closed list can have a value for none.
  const readsEmpty = format?.kind === 'enumeration' && codec?.read('') !== undefined

  return (given, reading, place) => {
    const raw = make === undefined ? given : make(reading, place)
    // A reject that was corrected elsewhere still has its mask there.
    if (sensitive && raw === MASK) return MASKED
    const text = transform === undefined || raw === '' ? raw : transform(raw)
    if (codec === undefined || (text === '' && !readsEmpty)) return text
    const read = codec.read(text)
    if (read !== undefined) return read
    const { code, policy } = codec.refusal
    return new UnreadValue({ code, params: { value: shorten(text) } }, policy)
  }
}
