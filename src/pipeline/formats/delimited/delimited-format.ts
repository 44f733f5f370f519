import {
  asDelimited,
  type DelimitedExport,
  type ExportSpecification,
} from '../../../domain/specification/specification.ts'
import type { Format } from '../format.ts'
import type { WrittenTable } from '../row-writer.ts'
import { delimitedReader } from './delimited-reader.ts'
import { beginDelimited, delimitedResult, delimitedRows } from './delimited-rows.ts'
import { requireWritable } from './detection/require-writable.ts'
import { delimitedState } from './dialect/delimited-state.ts'
import { openDelimited } from './open-delimited.ts'
import { draftDelimited } from './writing/draft-delimited.ts'

/** Delimited text: CSV (RFC 4180), TSV and similar. */
export const delimitedFormat: Format = {
  name: 'delimited',
  // The fallback: nearly any text can be read as delimited.
  detect: () => false,
  adapt: (specification) => specification,
  open: (source, specification, table) => openDelimited(source, asDelimited(specification), table),
  restore: (state) => delimitedReader(delimitedState.parse(state)),
  draft: (specification, header, separator) =>
    draftDelimited(asDelimited(specification), header, separator),
  requireWritable: (specification, columns) => requireWritable(written(specification), columns),
  begin: async (table, firstPage) => await beginDelimited(tableOf(table), firstPage),
  goOn: (table, state) => delimitedRows(tableOf(table), delimitedResult.parse(state).isCareful),
}

function tableOf({ specification, columns }: WrittenTable) {
  return { specification: written(specification), columns }
}

/** The format of an export is the one that its specification names. */
function written(specification: ExportSpecification): DelimitedExport {
  if (specification.format === 'delimited') return specification
  throw new Error(`${specification.format} is not delimited text`)
}
