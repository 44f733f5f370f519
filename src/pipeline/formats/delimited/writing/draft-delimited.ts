import type { DelimitedImport } from '../../../../domain/specification/specification.ts'
import { isUtf16, parseEncoding } from '../../../encodings/encoding-names.ts'
import { requireEncoded } from '../../../encodings/require-encoded.ts'
import type { DraftSource } from '../../format.ts'
import { dialect as dialectSchema, USUAL_DIALECT } from '../dialect/dialect.ts'
import type { DelimitedState } from '../dialect/delimited-state.ts'
import { rewriteRecord } from './rewrite-record.ts'

/** A source in the dialect of the specification; delimited text in UTF-8 as far as it leaves that open. */
export function draftDelimited(
  specification: DelimitedImport,
  header: string[],
  separator: string,
): DraftSource & { state: DelimitedState } {
  const said = Object.entries(specification).filter(([, value]) => value !== null)
  const encoding = parseEncoding(specification.encoding ?? USUAL_DIALECT.encoding)
  const dialect = dialectSchema.parse({
    ...USUAL_DIALECT,
    delimiter: separator,
    ...Object.fromEntries(said),
    encoding: encoding ?? USUAL_DIALECT.encoding,
  })
  const state: DelimitedState = {
    format: 'delimited',
    ...dialect,
    detection: null,
    header,
    isNamed: false,
    dropped: 0,
    skipped: 0,
    head: null,
  }
  const hasMark = dialect.encoding === 'utf-8' || isUtf16(dialect.encoding)
  const lineEnd = dialect.recordEnd ?? '\r\n'
  const encode = (text: string) => requireEncoded(text, dialect.encoding)
  const line = (fields: string[], empty: number[]) =>
    Buffer.concat([
      rewriteRecord({ flag: undefined, fields, emptyTexts: new Set(empty) }, new Map(), dialect),
      encode(lineEnd),
    ])
  // A further line of names must not be an empty one.
  const blank = () =>
    line(
      header.map(() => ''),
      [0],
    )

  return {
    state,
    write(records) {
      const { skip, skipLast, header: isRead, columns, headerLines } = specification
      const names = isRead && columns.length === 0 ? [line(header, [])] : []
      const others = Array.from({ length: names.length * ((headerLines ?? 1) - 1) }, blank)
      // Where several delimiters are one, an empty value needs quotes.
      const rows = records.map((fields) =>
        line(fields, dialect.mergeDelimiters ? emptyIn(fields) : []),
      )
      return Buffer.concat([
        ...(hasMark ? [encode('\ufeff')] : []),
        encode(lineEnd.repeat(skip ?? 0)),
        ...names,
        ...others,
        ...rows,
        encode(`(--skip-last)${lineEnd}`.repeat(skipLast)),
      ])
    },
  }
}

function emptyIn(fields: string[]): number[] {
  return fields.flatMap((field, at) => (field === '' ? [at] : []))
}
