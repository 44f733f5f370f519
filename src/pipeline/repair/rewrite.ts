import { UnusableError } from '../../domain/words/errors.ts'
import type { SourceReader, SourceRecord } from '../formats/source-reader.ts'
import { textOfValue } from '../values/typed-value.ts'

type Place = { record: number; line: number; offset: number }

/** The only record in these bytes; undefined where they hold none, or several. */
export function singleRecord(
  reader: SourceReader,
  { record, line, offset }: Place,
  raw: Buffer,
): SourceRecord | undefined {
  const found = reader.again({ record, line, offset, raw, attempt: 'first' })
  return found !== undefined && found.raw.length === raw.length ? found : undefined
}

/** The values of a record as texts, by column; undefined where it cannot be read. */
export function valuesOfRecord(
  reader: SourceReader,
  place: Place,
  raw: Buffer,
): string[] | undefined {
  const reading = singleRecord(reader, place, raw)?.read()
  if (reading === undefined || reader.messageOf(reading, () => '') !== undefined) return undefined
  return Array.from(reading.fields, textOfValue)
}

/**
 * The bytes of a readable record with other values in some columns.
 * @throws UnusableError where a value cannot be written in the dialect of its file
 */
export function rewriteValues(
  reader: SourceReader,
  place: Place,
  { raw, changes }: { raw: Buffer; changes: ReadonlyMap<number, string> },
): Buffer {
  const rewritten = reader.rewrite(raw, changes)
  const values = valuesOfRecord(reader, place, rewritten)
  const [, lost] = [...changes].find(([column, value]) => (values?.[column] ?? '') !== value) ?? []
  if (values === undefined || lost !== undefined) {
    throw new UnusableError({ problem: 'value_not_writable', text: lost ?? '' })
  }
  return rewritten
}
