import type { ColumnInfo } from '../../../domain/records/table.ts'
import { parseTemplate } from '../../../domain/specification/fields/template.ts'
import type { Stamp, ValueSource } from '../../../domain/specification/fields/value-source.ts'
import type { RecordReading, SourceRecord } from '../../formats/source-reader.ts'
import { PATIENCE_SECONDS, type Calculated } from '../../expressions/calculator.ts'
import type { Finder } from '../../values/find-name.ts'
import { textOfValue } from '../../values/typed-value.ts'
import type { Stamps } from '../opening/stamps.ts'
import type { NamedColumn } from './source-names.ts'
import { UnreadValue } from './unread-value.ts'

/** What values are made of, besides the record. */
export type Making = {
  columnNamed: Finder<NamedColumn>
  /** Texts that mean NULL. */
  nulls: ReadonlySet<string>
  /** null while there is no job: a check before it begins. */
  stamps: Stamps | null
  /** The expressions of a record, in the order of their results. */
  expressions: readonly ValueSource[]
}

type Place = Pick<SourceRecord, 'record' | 'line'>
type Maker = (
  reading: Pick<RecordReading, 'fields'>,
  place: Place,
  calculated: readonly Calculated[],
) => string | UnreadValue

/** Makes the value of a field that comes from no mapped column. */
export function makerOf(
  from: ValueSource,
  column: Pick<ColumnInfo, 'type'>,
  making: Making,
): Maker {
  switch (from.kind) {
    case 'fixed':
      return () => from.text
    case 'template':
      return templateMaker(from.text, making)
    case 'stamp':
      return stampMaker(from.of, column, making)
    case 'expression':
      return expressionMaker(making.expressions.indexOf(from))
  }
}

/** A template whose columns are all empty gives no value. */
function templateMaker(template: string, { columnNamed, nulls }: Making): Maker {
  const pieces = (parseTemplate(template) ?? []).map((piece) =>
    'text' in piece ? piece.text : (columnNamed(piece.column)?.index ?? -1),
  )
  const hasColumns = pieces.some((piece) => typeof piece === 'number')
  return ({ fields }) => {
    let text = ''
    let isFilled = !hasColumns
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece
      else {
        const value = textOfValue(fields[piece])
        if (value === '' || nulls.has(value)) continue
        isFilled = true
        text += value
      }
    }
    return isFilled ? text : ''
  }
}

function stampMaker(of: Stamp, { type }: Pick<ColumnInfo, 'type'>, { stamps }: Making): Maker {
  if (of === 'line') return (_, { line }) => String(line)
  if (of === 'record') return (_, { record }) => String(record)
  const text = stamps?.[of] ?? ''
  // A date takes no time of day.
  const value = of === 'time' && type === 'date' ? text.slice(0, 10) : text
  return () => value
}

/** Where nothing was calculated, as in a preview, there is no value. */
function expressionMaker(index: number): Maker {
  return (_reading, _place, calculated) => {
    const result = calculated[index] === undefined ? '' : calculated[index]
    if (typeof result === 'string') {
      return result.includes('\0') || !result.isWellFormed() ? NO_TEXT : result
    }
    if (result === null) return ENDLESS
    const [detail] = result
    return new UnreadValue({ code: 'TLY-3043', params: { detail } }, undefined)
  }
}

const ENDLESS = new UnreadValue(
  { code: 'TLY-3044', params: { seconds: PATIENCE_SECONDS } },
  undefined,
)

const NO_TEXT = new UnreadValue(
  { code: 'TLY-3043', params: { detail: 'U+0000, or half a character' } },
  undefined,
)
