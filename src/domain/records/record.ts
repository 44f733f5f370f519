import type { Message } from '../words/messages.ts'
import type { FieldOptions, ImportSpecification } from '../specification/specification.ts'
import type { TableInfo } from './table.ts'

/** A value of a field; null empties it. A record brings bytes as hexadecimal digits. */
export type Value = string | number | bigint | Buffer | null

/** A validated record: one value for each of the plan's fields; undefined leaves the field as it is. */
export type Row = {
  record: number
  values: (Value | undefined)[]
  source: RowSource
  /** Fields whose values don't fit, so that it is not written; what else is wrong with it is asked. */
  unfit?: readonly string[] | undefined
}

/**
 * Which try of a record it is: one that was postponed comes again, and is rejected if its last one
 * fails; so is one that the database refused at the commit.
 */
export type Attempt = 'first' | 'again' | 'unsure' | 'last' | 'refused'

/** Where a record stands in its source, and its bytes, one character a byte. */
export type RowSource = { line: number; offset: number; raw: string; attempt: Attempt }

export type WritePlan = {
  /** Whose keys are remembered. */
  jobId: number
  table: TableInfo
  /** The fields that the records fill, in the order of `Row.values`. */
  fields: string[]
  options: FieldOptions[]
  key: string[]
  secondKey: string[]
  operation: ImportSpecification['operation']
  doubles: ImportSpecification['doubles']
  duplicates: ImportSpecification['duplicates']
}

/** What the database says against one field of a record, or, with null, against the whole of it. */
export type Violation = { field: string | null; message: Message }

/** What became of one record, and why where it did not go in. */
export type RecordOutcome =
  | {
      kind: 'inserted' | 'updated' | 'unchanged' | 'deleted' | 'reconciled' | 'ignored'
      /**
       * Fields that were left out because the database refused them and their policy is `warn`; and
       * where rules of the table did something else than the record asks for.
       */
      warnings?: Violation[]
    }
  | { kind: 'double' | 'duplicate' }
  /** Kept to be tried again behind the others: it refers to a row that may still come. */
  | { kind: 'postponed' }
  /** Nothing, as it was no record to be written. */
  | { kind: 'unfit'; others: Violation[] }
  | ({
      kind: 'rejected'
      counts: 'double' | 'duplicate' | null
      /** What is wrong with it besides. */
      others?: Violation[] | undefined
    } & Violation)
