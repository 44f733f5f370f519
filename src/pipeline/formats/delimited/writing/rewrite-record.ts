import { NO_CHARACTER } from '../../../../domain/formats/delimited/delimited-options.ts'
import { requireEncoded } from '../../../encodings/require-encoded.ts'
import { quotePair, type Dialect } from '../dialect/dialect.ts'
import { quotedIn } from '../dialect/quoted-in.ts'
import type { RecordText } from '../tokenizer/record-text.ts'

/**
 * A record in its dialect with other values in some columns. A value that was an empty text, not
 * nothing, stays one.
 * @throws UnusableError for a character that the encoding lacks
 */
export function rewriteRecord(
  { fields, emptyTexts }: RecordText,
  changes: ReadonlyMap<number, string>,
  dialect: Dialect,
): Buffer {
  const { open, close } = quotePair(dialect)
  const emptyText = open === NO_CHARACTER ? '' : open + close
  const cells = fields.map((field, at) => {
    const value = changes.get(at)
    if (value === undefined && emptyTexts?.has(at) === true) return emptyText
    return quotedIn(value ?? field, dialect)
  })
  return requireEncoded(cells.join(dialect.delimiter), dialect.encoding)
}
