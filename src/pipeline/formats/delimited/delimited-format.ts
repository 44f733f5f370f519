import type { Format } from '../format.ts'
import { delimitedReader } from './delimited-reader.ts'
import { beginDelimited, delimitedResult, delimitedRows } from './delimited-rows.ts'
import { requireWritable } from './detection/require-writable.ts'
import { delimitedState } from './dialect/delimited-state.ts'
import { openDelimited } from './open-delimited.ts'

/** Delimited text: CSV (RFC 4180), TSV and similar. */
export const delimitedFormat: Format = {
  name: 'delimited',
  // The fallback: nearly any text can be read as delimited.
  detect: () => false,
  adapt: (specification) => specification,
  open: openDelimited,
  restore: (state) => delimitedReader(delimitedState.parse(state)),
  requireWritable,
  begin: beginDelimited,
  goOn: (table, state) => delimitedRows(table, delimitedResult.parse(state).isCareful),
}
