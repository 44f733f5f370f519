import type { DelimitedState } from './dialect/delimited-state.ts'

/** How a source is read, for JSON output. */
export function describeDelimited(state: DelimitedState) {
  const { format, encoding, delimiter, quote, escape, recordEnd, skipped, header } = state
  const { detection } = state
  return {
    format,
    encoding,
    delimiter,
    quote,
    escape,
    record_end: recordEnd,
    skipped_lines: skipped,
    header,
    confidence:
      detection === null
        ? null
        : {
            encoding: detection.encoding.confidence,
            delimiter: detection.delimiter.confidence,
          },
    alternatives:
      detection === null
        ? null
        : {
            encoding: detection.encoding.alternatives,
            delimiter: detection.delimiter.alternatives,
          },
  }
}
