import type { Format } from '../format.ts'
import type { RowWriter, WrittenTable } from '../row-writer.ts'
import { warningsOf } from '../write-warnings.ts'
import { requireWriteOptions } from './applicable.ts'
import { draftJson } from './draft-json.ts'
import { placeInJson } from './json-place.ts'
import { jsonReader } from './json-reader.ts'
import { jsonWriter } from './json-rows.ts'
import { jsonState } from './json-state.ts'
import { looksLikeJsonLines, openJson } from './open-json.ts'

/** JSON Lines (jsonlines.org, also NDJSON): one JSON object per line, in UTF-8. */
export const jsonLinesFormat: Format = {
  name: 'json_lines',
  mayLackColumns: true,
  detect: looksLikeJsonLines,
  // Each record names its own values.
  adapt: (specification) => ({ ...specification, header: true }),
  open: openJson,
  restore: (state) => jsonReader(jsonState.parse(state)),
  draft: draftJson,
  requireWritable: requireWriteOptions,
  async begin(table, firstPage) {
    const writer = rowWriter(table)
    await firstPage(writer)
    return { writer, head: Buffer.alloc(0), warnings: [] }
  },
  goOn: (table) => rowWriter(table),
}

function rowWriter({ columns }: WrittenTable): RowWriter {
  return {
    state: { format: 'json_lines' },
    isLoose: false,
    write: jsonWriter(columns),
    encode: (text) => text,
    warningsOf(page, told) {
      const placeOf = (at: number) => placeInJson(page, columns, at)
      return warningsOf({ ...page, columns, encoding: 'utf-8', placeOf }, told)
    },
  }
}
