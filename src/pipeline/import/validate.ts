import type { RecordOutcome, Row, Value } from '../../domain/records/record.ts'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { ErrorPolicy } from '../../domain/specification/fields/error-policy.ts'
import { Altered } from '../values/altered.ts'
import { castFor, castError, type Cast } from '../values/cast.ts'
import type { Calculated } from '../expressions/calculator.ts'
import type { SourceRecord } from '../formats/source-reader.ts'
import type { ImportPlan } from './plan/match-table.ts'
import { NULL_VALUE, plainValue, type TypedValue } from '../values/typed-value.ts'
import { madeTypeOf, takes } from '../values/infer-type.ts'
import type { Narrow } from './plan/widen.ts'

export type FieldProblem = { field: string; message: Message; policy: ErrorPolicy }

/** A source record with its validation results. */
export type ValidatedRecord = Row & {
  source: SourceRecord
  /** Names of values without a column. */
  unknown: readonly string[] | undefined
  /** Why it cannot be read; then it has no values. */
  text: Message | undefined
  /** Problems with its values. */
  problems: readonly FieldProblem[]
  /** Values that need a wider type than the inferred one. */
  narrow: readonly Narrow[] | undefined
  /** Undefined until it is written, and if it cannot be read. */
  outcome: RecordOutcome | undefined
}

const NO_PROBLEMS: readonly FieldProblem[] = []
const NOTHING: readonly Calculated[] = []
const FILTERED: RecordOutcome = { kind: 'filtered' }

/** Returns a function that converts a source record to values of the mapped fields. */
export function validator({
  mapping: { fields, sources },
  options,
  preparations,
  checks,
  isWanted,
  memo,
  reader,
  key,
  secondKey,
  nulls,
}: Pick<
  ImportPlan,
  | 'mapping'
  | 'options'
  | 'preparations'
  | 'checks'
  | 'isWanted'
  | 'memo'
  | 'reader'
  | 'key'
  | 'secondKey'
  | 'nulls'
>): (source: SourceRecord, calculated?: readonly Calculated[]) => ValidatedRecord {
  const inferred = new Set(memo.inferred)
  const hasNulls = nulls.size > 0
  const columns = fields.map((column, at) => ({
    column,
    from: sources[at] ?? -1,
    prepare: preparations[at],
    check: checks[at],
    cast: inferred.has(column.name) ? plainCastFor(column) : castFor(column),
    // Spaces are a value in a text column, and in one with an inferred type.
    trims: !['text', 'any'].includes(column.type) && !inferred.has(column.name),
    mayWiden: inferred.has(column.name) && !memo.isFixed,
    empty: options[at]?.emptyOverwrites === true ? null : undefined,
    policy: options[at]?.onError ?? 'reject',
    // Key fields take no empty texts: a file that quotes everything must not merge all records
    // without a key.
    takesEmptyText:
      ['text', 'any'].includes(column.type) && ![...key, ...secondKey].includes(column.name),
  }))

  return (source, calculated = NOTHING) => {
    const { record } = source
    const values: Row['values'] = []
    const reading = source.read()
    const { unknown } = reading
    const isIn = isWanted(source)
    const text = isIn ? reader.messageOf(reading, () => source.raw) : undefined
    if (text !== undefined) {
      const [problems, narrow, outcome] = [NO_PROBLEMS, undefined, undefined]
      return { record, values, source, unknown, text, problems, narrow, outcome }
    }
    if (!isIn || !isWanted(source, reading)) {
      const [problems, narrow, outcome] = [NO_PROBLEMS, undefined, FILTERED]
      return { record, values, source, unknown: undefined, text, problems, narrow, outcome }
    }

    let problems: FieldProblem[] | undefined
    let narrow: Narrow[] | undefined
    for (const {
      column,
      from,
      prepare,
      check,
      cast,
      trims,
      mayWiden,
      empty,
      policy,
      takesEmptyText,
    } of columns) {
      const found = reading.fields[from] ?? ''
      const own = typeof found === 'string' ? undefined : found
      const text = typeof found === 'string' ? found : found.text
      const raw = hasNulls && own === undefined && nulls.has(text) ? '' : text
      const prepared = prepare === undefined ? raw : prepare(raw, reading, source, calculated)
      if (typeof prepared !== 'string') {
        values.push(undefined)
        const { message, policy: own = policy } = prepared
        ;(problems ??= []).push({ field: column.name, message, policy: own })
        continue
      }
      const given = prepared
      // A changed text has the type of its source no more; NULL is never changed.
      const typed = prepare === undefined || own === NULL_VALUE ? own : undefined
      if (given === '' || (trims && given.charCodeAt(0) <= 32 && given.trim() === '')) {
        const isText = takesEmptyText && reading.emptyTexts?.has(from) === true
        const value = typed === NULL_VALUE ? null : isText ? '' : empty
        const failed = check?.(value)
        if (failed !== undefined) (problems ??= []).push({ field: column.name, ...failed })
        values.push(failed === undefined ? value : undefined)
        continue
      }
      const value = cast === null ? uncast(column, given, typed) : cast(given)
      if (value === undefined && mayWiden) (narrow ??= []).push({ field: column.name, text: given })
      if (value instanceof Altered) {
        values.push(value.stored)
        ;(problems ??= []).push({ field: column.name, message: value.message, policy })
        continue
      }
      const message =
        value !== undefined && column.maxLength === null
          ? undefined
          : castError(column, given, value)
      const failed = message === undefined ? check?.(value) : { message, policy }
      values.push(failed === undefined ? value : undefined)
      if (failed !== undefined) (problems ??= []).push({ field: column.name, ...failed })
    }
    if (problems === undefined) {
      const problems = NO_PROBLEMS
      return { record, values, source, unknown, text, problems, narrow, outcome: undefined }
    }
    const isUnfit = problems.some(({ policy }) => policy !== 'warn')
    const unfit = isUnfit ? problems.map(({ field }) => field) : undefined
    return { record, values, source, unknown, text, problems, narrow, unfit, outcome: undefined }
  }
}

/** A column of any type keeps a typed number as a number. */
function uncast(column: ColumnInfo, given: string, typed: TypedValue | undefined): Value {
  return typed === undefined || column.type !== 'any' ? given : plainValue(typed)
}

/** A strict cast that accepts only values that round-trip. */
function plainCastFor(column: ColumnInfo): Cast | null {
  const cast = castFor(column)
  const made = madeTypeOf(column)
  if (made === undefined) return cast
  const { type, typing } = made
  const isText = cast === null || type === 'date' || type === 'datetime'
  return (text) => (takes(type, typing, text) ? (isText ? text : cast(text)) : undefined)
}
