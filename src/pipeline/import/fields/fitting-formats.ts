import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { formatSample } from '../../../domain/specification/fields/format-sample.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { Refusals } from '../../../domain/words/refusals.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { booleanTexts } from '../../values/formats/value-codec.ts'
import { castError, castFor } from '../../values/cast.ts'
import { finder } from '../../values/find-name.ts'
import { Altered } from '../../values/altered.ts'

/** @throws InvalidInputError for each format from which its field can take no value */
export function requireFittingFormats(
  columns: readonly ColumnInfo[],
  fields: Record<string, Pick<FieldOptions, 'format'>>,
): void {
  const columnNamed = finder([...columns], ({ name }) => name)
  const refusals = new Refusals()
  for (const [field, { format }] of Object.entries(fields)) {
    const column = columnNamed(field)
    if (column === undefined || format === null || format.kind === 'enumeration') continue
    if (readBy(format, column).some((text) => takes(column, text))) continue
    const [type, sample] = [column.declared || column.type, formatSample(format)]
    refusals.try(() => {
      const at = ['fields', field, 'format']
      throw new InvalidInputError({ problem: 'format_unfit', field, type, sample }, { at })
    })
  }
  refusals.end()
}

/** Texts that a format makes of what it reads; a field that takes none of them takes none at all. */
function readBy(
  { kind }: Exclude<ValueFormat, { kind: 'enumeration' }>,
  { type }: ColumnInfo,
): string[] {
  switch (kind) {
    case 'date':
    case 'date_pattern':
    case 'epoch':
    case 'excel_date':
      return ['2026-12-31', '2026-12-31 14:05:00']
    case 'number':
      return ['0', '1', '1.5', '20261231', '1798675200']
    case 'boolean':
      return Object.values(booleanTexts(type))
  }
}

function takes(column: ColumnInfo, text: string): boolean {
  const cast = castFor(column)
  const value = cast === null ? text : cast(text)
  const stored = value instanceof Altered ? value.stored : value
  return castError(column, text, stored) === undefined
}
