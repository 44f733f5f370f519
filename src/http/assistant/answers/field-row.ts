import type { CurrencyMark } from '../../../pipeline/values/formats/currency-mark.ts'
import type { FormatGuess } from '../../../pipeline/import/preview/guess-format.ts'

/** What fills a field that no column fills. */
export type MadeAnswer = { field: string; from: string; text: string }

/** A row of the form, whose inputs end in `row`, and the field that it is about. */
export type FieldRow = {
  row: string
  field: string
  /** The field that the row was about when it was shown. */
  before: string | undefined
  /** Whether what the row says is about its field, and not about the one before. */
  isOwn: boolean
  /** What fills the field, where no column does. */
  made?: MadeAnswer | undefined
  guess?: FormatGuess | undefined
  /** The currency that the values of its column have. */
  currency?: CurrencyMark | undefined
}

/** The rows that say something, and the fields that all of them were about. */
export type FieldRows = { rows: FieldRow[]; shown: ReadonlySet<string> }

/** The name that a field has in the specification which the form showed. */
export function knownAs({ field, before, isOwn }: FieldRow): string {
  return isOwn ? (before ?? field) : field
}
