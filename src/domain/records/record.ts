import type { Message } from '../words/messages.ts'
import type { FieldOptions } from '../specification/fields/field-options.ts'
import type { ImportSpecification } from '../specification/specification.ts'
import type { TableInfo } from './table.ts'

/** A value of a field; null empties the field. Records give bytes as hexadecimal digits. */
export type Value = string | number | bigint | Buffer | null

/**
 * A validated record: one value for each field of the plan; undefined leaves the field unchanged.
 */
export type Row = {
  record: number
  values: (Value | undefined)[]
  source: RowSource
  /** Fields whose values do not fit: the record is not written, only checked for other errors. */
  unfit?: readonly string[] | undefined
}

/**
 * Which attempt at a record this is. A postponed record is tried again, and rejected if the last
 * attempt fails; so is one that the database refused at the commit.
 */
export type Attempt = 'first' | 'again' | 'unsure' | 'last' | 'refused'

/** The position of a record in its source, and its raw bytes (latin1: one character per byte). */
export type RowSource = { line: number; offset: number; raw: string; attempt: Attempt }

/** The options of a field that decide what of a value the table gets. */
export type WriteOptions = Pick<
  FieldOptions,
  'emptyOverwrites' | 'onlyIfEmpty' | 'onlyOnInsert' | 'onError'
>

export type WritePlan = {
  /** The job that the remembered keys belong to. */
  jobId: number
  table: TableInfo
  /** The fields that the records fill, in the order of `Row.values`. */
  fields: string[]
  options: WriteOptions[]
  key: string[]
  secondKey: string[]
  operation: ImportSpecification['operation']
  doubles: ImportSpecification['doubles']
  duplicates: ImportSpecification['duplicates']
  /** Whether the outcome of an update tells the row before it; asked again for each. */
  wantsFound?(): boolean
}

/** What a plan writes, whichever job it is of. */
export type Writes = Omit<WritePlan, 'jobId'>

/** Names of sequences that gave numbers, and of triggers that may have done anything. */
export type KeptChanges = { sequences: string[]; triggers: string[] }

/** Values to look for in a column. */
export type WantedValues = { column: string; values: string[] }

/** The columns to read of a row, and the values by which it is found. */
export type WantedRow = { columns: string[]; where: { column: string; value: Value }[] }

/** What is wrong with one field of a record, or, with null, with the whole record. */
export type Violation = {
  field: string | null
  message: Message
  /** Whether its `detail` is a name or a condition of the table, with nothing of the record. */
  isRule?: true
}

/** The outcome of one record, with the reason if it was not written. */
export type RecordOutcome =
  | {
      kind: 'inserted' | 'updated' | 'unchanged' | 'deleted' | 'reconciled' | 'ignored'
      /**
       * Fields that were left out because the database refused them and their policy is `warn`, and
       * changes made by rules of the table that the record did not ask for.
       */
      warnings?: Violation[]
      /** The row before it was updated, by the fields of the plan, where the plan wants it. */
      found?: Value[]
    }
  | { kind: 'double' | 'duplicate' | 'filtered' }
  /** To be retried after the others: it refers to a row that may still come. */
  | { kind: 'postponed' }
  /** Not written, because some values do not fit; `others` are its further violations. */
  | { kind: 'unfit'; others: Violation[] }
  | ({
      kind: 'rejected'
      counts: 'double' | 'duplicate' | null
      /** Its further violations. */
      others?: Violation[] | undefined
    } & Violation)
