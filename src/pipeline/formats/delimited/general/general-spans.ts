import { NO_CHARACTER } from '../../../../domain/formats/delimited/delimited-options.ts'
import { fieldSpans, type FieldSpans } from '../scan/field-spans.ts'
import {
  dialect as dialectSchema,
  USUAL_DIALECT,
  type Dialect,
  type GivenDialect,
} from '../dialect/dialect.ts'
import { GeneralReader } from './general-reader.ts'
import { marksOf } from '../scan/scan-text.ts'

/** Finds the spans of the fields of one record in its text, in any dialect. */
export function spansOf(units: string, given: GivenDialect, limit: number): FieldSpans {
  const dialect = dialectSchema.parse(given)
  const marks = marksOf(dialect)
  if (isQuotedAsUsual(dialect)) return fieldSpans(units, marks.delimiter, limit)

  const reader = new GeneralReader(marks)
  reader.load(units, true)
  reader.seek(0)
  const { flag, fields } = reader.quoted(0)
  const { spans } = reader
  if (flag === undefined || flag === 'more') return { spans, values: fields, damage: undefined }
  // The last field is incomplete.
  const from = spans.at(-1)?.to ?? 0
  const span = { from, to: units.length }
  return { spans: [...spans.slice(0, fields.length), span], values: fields, damage: { flag, span } }
}

function isQuotedAsUsual({ quote, escape, trim, mergeDelimiters, recordEnd }: Dialect): boolean {
  const hasMore = trim || mergeDelimiters || recordEnd !== null
  return quote === USUAL_DIALECT.quote && escape === NO_CHARACTER && !hasMore
}
