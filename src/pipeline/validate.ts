import type { Outcome, Row } from '../db/target.ts'
import type { Message } from '../domain/messages.ts'
import type { FieldOptions } from '../domain/specification.ts'
import { castFor, misfit } from './cast.ts'
import type { DelimitedRecord } from './delimited.ts'
import type { Mapping } from './mapping.ts'

export type Problem = { field: string; message: Message; policy: FieldOptions['onError'] }

/** A record of the source with its values; `problems` says which of them don't fit. */
export type ValidatedRecord = Row & {
  source: DelimitedRecord
  problems: readonly Problem[]
  /** Undefined where it was not written. */
  outcome: Outcome | undefined
}

const NO_PROBLEMS: readonly Problem[] = []

/** Makes the function that turns a record of the source into values for the mapped fields. */
export function validator(
  { fields, sources }: Mapping,
  options: FieldOptions[],
): (source: DelimitedRecord) => ValidatedRecord {
  const columns = fields.map((column, at) => ({
    column,
    from: sources[at] ?? -1,
    cast: castFor(column),
    empty: options[at]?.emptyOverwrites === true ? null : undefined,
    policy: options[at]?.onError ?? 'reject',
  }))

  return (source) => {
    let problems: Problem[] | undefined
    const values = columns.map(({ column, from, cast, empty, policy }) => {
      const text = source.fields[from] ?? ''
      if (text === '' || (cast !== null && text.charCodeAt(0) <= 32 && text.trim() === '')) {
        return empty
      }
      const value = cast === null ? text : cast(text)
      if (value !== undefined && column.maxLength === null) return value

      const message = misfit(column, text, value)
      if (message === undefined) return value
      problems ??= []
      problems.push({ field: column.name, message, policy })
      return undefined
    })
    const { record } = source
    return { record, values, source, problems: problems ?? NO_PROBLEMS, outcome: undefined }
  }
}
