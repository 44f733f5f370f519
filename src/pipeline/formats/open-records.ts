import type { SourceFile } from '../source/source-file.ts'
import { windows, type ByteReader } from '../source/windows.ts'
import type { OpenRecords, RecordReader } from './source-reader.ts'

/**
 * Reads a source from a byte offset into a scanner, from which its records are taken.
 * @param isStop true for an error that means stop: then no more records are wanted
 */
export function openRecords(
  source: SourceFile,
  offset: number,
  scanner: RecordReader & ByteReader,
  isStop?: (error: unknown) => boolean,
): OpenRecords {
  const bytes = source.read({ offset })
  return {
    records: scanner,
    windows: windows(bytes, scanner, isStop),
    get bytesRead() {
      return bytes.bytesRead
    },
  }
}
