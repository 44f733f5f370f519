import type { Message } from '../domain/messages.ts'
import type { FieldOptions, ImportSpecification } from '../domain/specification.ts'
import type { Packed } from './packed.ts'
import type { Trx } from './store.ts'

/** What a column takes; `any` is a column whose declared type names none of the others. */
export const COLUMN_TYPES = [
  'integer',
  'number',
  'text',
  'boolean',
  'date',
  'datetime',
  'blob',
  'any',
] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/** What a column makes of a value: `numeric` makes numbers of texts that are any, `blob` keeps all. */
export type Affinity = 'integer' | 'real' | 'numeric' | 'text' | 'blob'

export type ColumnInfo = {
  name: string
  type: ColumnType
  affinity: Affinity
  declared: string
  nullable: boolean
  /** The default as an SQL expression of the schema's own, or null. */
  defaultSql: string | null
  /** Characters, for text columns that declare it. */
  maxLength: number | null
  generated: boolean
}

export type TableInfo = {
  name: string
  isView: boolean
  /** Whether it is a view whose rows come in an order of its own. */
  isOrdered: boolean
  /** Made by a module, which has no use for indexes. */
  isVirtual: boolean
  columns: ColumnInfo[]
  /** Columns of the primary key, in its order; empty where there is none. */
  primaryKey: string[]
  /** Column lists that are unique in the table, the primary key among them. */
  unique: string[][]
  /** Column lists of every index, unique or not. */
  indexes: string[][]
}

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

/** A record that was postponed, as it is tried again. */
export type PostponedRecord = {
  record: number
  line: number
  offset: number
  raw: Buffer
  attempt: Attempt
}

/** The records of a job that refer to later ones of the same file. */
export type PostponedRecords = {
  isAny(): Promise<boolean>
  /**
   * Takes out, inside the caller's transaction, the first one that waits for nothing any more, or,
   * where all wait, one that was not yet tried in vain, since a row may be there that no record told
   * of; where all were, the first of all for a last try. Which one that is depends on nothing but
   * what is stored: a run comes to the same however often it is interrupted.
   */
  take(trx: Trx): Promise<PostponedRecord | undefined>
}

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
export type Outcome =
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

export type Target = {
  /** Applies the records in their order, inside the caller's transaction. One outcome a row. */
  apply(trx: Trx, rows: Row[]): Promise<Outcome[]>
}

export type ReadPlan = {
  table: TableInfo
  columns: string[]
  /** Of a page: at most so many rows, and fewer once they take about so many bytes. */
  limit: { rows: number; bytes: number }
  /** What will be read first. */
  from: RowPosition
}

/** A place between two rows that a later read goes on from; null is the start. */
export type RowPosition = (string | number)[] | null
export type RowsPage = { page: Packed; position: RowPosition }

export type ExportRows = {
  count(): Promise<number>
  /**
   * The next rows after the position, and the position after them; the same position gives the same
   * rows. Numbers are written as the database writes them, a blob as hexadecimal digits. Its memory
   * is used again: a page is good until the second place behind it is asked for.
   * `loose` is slower, and for texts that are no UTF-8 and else might break the pages.
   */
  read(after: RowPosition, options?: { loose: boolean }): Promise<RowsPage>
  close(): Promise<void>
}
