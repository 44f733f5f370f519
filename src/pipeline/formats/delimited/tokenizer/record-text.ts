import type { RecordFlag } from '../scan/record-flag.ts'

/** The text of a record, split into fields. */
export type RecordText = {
  /** Why the record cannot be read. */
  flag: RecordFlag | undefined
  /**
   * Empty if there is a flag other than `columns`. May be slices that keep the whole window in
   * memory: copy what you keep.
   */
  fields: string[]
  /**
   * Indexes of fields that are an empty string, written as two quotes. All other empty fields are
   * null. Undefined if there are none.
   */
  emptyTexts?: ReadonlySet<number> | undefined
}

/** The fields of a record that contains quotes. */
export type Unquoted = Pick<RecordText, 'fields' | 'emptyTexts'>
