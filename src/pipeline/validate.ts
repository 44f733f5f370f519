import type { Outcome, Row } from '../db/target.ts'
import type { Message } from '../domain/messages.ts'
import type { FieldOptions } from '../domain/specification.ts'
import { Altered } from './altered.ts'
import { castFor, misfit } from './cast.ts'
import type { DelimitedRecord } from './delimited-record.ts'
import type { ImportPlan } from './import-plan.ts'
import { textMessage } from './text-message.ts'

export type Problem = { field: string; message: Message; policy: FieldOptions['onError'] }

/** A record of the source, and what was found out about it so far. */
export type ValidatedRecord = Row & {
  source: DelimitedRecord
  /** Why it can't be read; then it has no values. */
  text: Message | undefined
  /** Which of its values don't fit. */
  problems: readonly Problem[]
  /** Undefined where it was not written. */
  outcome: Outcome | undefined
}

const NO_PROBLEMS: readonly Problem[] = []

/** Makes the function that turns a record of the source into values for the mapped fields. */
export function validator({
  mapping: { fields, sources },
  options,
  memo,
  key,
  secondKey,
}: Pick<ImportPlan, 'mapping' | 'options' | 'memo' | 'key' | 'secondKey'>): (
  source: DelimitedRecord,
) => ValidatedRecord {
  const columns = fields.map((column, at) => ({
    column,
    from: sources[at] ?? -1,
    cast: castFor(column),
    // Blanks are a value of a column that takes any.
    trims: !['text', 'any'].includes(column.type),
    empty: options[at]?.emptyOverwrites === true ? null : undefined,
    policy: options[at]?.onError ?? 'reject',
    // A file that quotes everything must not make one record of all that have no key.
    takesEmptyText:
      ['text', 'any'].includes(column.type) && ![...key, ...secondKey].includes(column.name),
  }))

  return (source) => {
    const { record } = source
    const values: Row['values'] = []
    const reading = source.read()
    const text = textMessage(reading, memo, () => source.raw)
    if (text !== undefined) {
      return { record, values, source, text, problems: NO_PROBLEMS, outcome: undefined }
    }

    let problems: Problem[] | undefined
    for (const { column, from, cast, trims, empty, policy, takesEmptyText } of columns) {
      const given = reading.fields[from] ?? ''
      if (given === '' || (trims && given.charCodeAt(0) <= 32 && given.trim() === '')) {
        values.push(takesEmptyText && reading.emptyTexts?.has(from) === true ? '' : empty)
        continue
      }
      const value = cast === null ? given : cast(given)
      if (value instanceof Altered) {
        values.push(value.stored)
        problems ??= []
        problems.push({ field: column.name, message: value.message, policy })
        continue
      }
      const message =
        value !== undefined && column.maxLength === null ? undefined : misfit(column, given, value)
      values.push(message === undefined ? value : undefined)
      if (message !== undefined) {
        problems ??= []
        problems.push({ field: column.name, message, policy })
      }
    }
    return { record, values, source, text, problems: problems ?? NO_PROBLEMS, outcome: undefined }
  }
}
