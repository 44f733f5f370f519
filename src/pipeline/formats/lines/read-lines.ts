import type { TextPosition } from '../../../domain/jobs/checkpoint.ts'
import type { Reject } from '../../../domain/records/reject.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { windows } from '../../source/windows.ts'
import { sourceFailure } from '../../source/source-failure.ts'

import { SCAN_BLOCK_BYTES, SAMPLE_BYTES } from '../limits.ts'
import { openRecords } from '../open-records.ts'
import type { OpenRecords, RejectsExport, SourceReader } from '../source-reader.ts'
import type { LineRecord, ParseLine } from './line-record.ts'
import { LineScanner } from './line-scanner.ts'
import type { PostponedRecord } from '../../../db/store.ts'

/** Reads the records of a source with one record per line. */
export function readLines(parse: ParseLine): Pick<SourceReader, 'open' | 'first' | 'again'> {
  return {
    open(source: SourceFile, from: TextPosition, isStop): OpenRecords {
      const scanner = new LineScanner(from, parse, { blockBytes: SCAN_BLOCK_BYTES })
      return openRecords(source, from.offset, scanner, isStop)
    },
    first: (source: SourceFile, from: TextPosition, limit) =>
      firstLines(source, from, { parse, limit }),
    again: (stored) => readAgain(stored, parse),
  }
}

/**
 * The complete records in the first sample bytes, at most `limit`; at least one, even the longest
 * allowed.
 */
export async function firstLines(
  source: SourceFile,
  from: TextPosition,
  { parse, limit }: { parse: ParseLine; limit: number },
): Promise<LineRecord[]> {
  const scanner = new LineScanner(from, parse)
  const found: LineRecord[] = []
  try {
    for await (const _ of windows(source.read({ offset: from.offset }), scanner)) {
      for (let next = scanner.next(); next !== undefined; next = scanner.next()) {
        found.push(next)
        if (found.length === limit) return found
      }
      if (found.length > 0 && scanner.position.offset - from.offset > SAMPLE_BYTES) break
    }
  } catch (error) {
    // The run itself meets the truncation again, after the records before it.
    if (sourceFailure(error, source.path) === undefined) throw error
  }
  return found
}

function readAgain(stored: PostponedRecord, parse: ParseLine): LineRecord | undefined {
  const { offset, line, raw, attempt } = stored
  const scanner = new LineScanner({ offset, line, record: stored.record - 1 }, parse)
  scanner.append(raw)
  scanner.end()
  scanner.scan()
  const record = scanner.next()
  if (record !== undefined) record.attempt = attempt
  return record
}

/**
 * Rejected lines. The options that read the source apply to them too.
 * @param filler a dummy record for the lines that `skipLast` leaves out
 * @param lineOf a line with the reason; by default it is unchanged
 */
export async function* rejectedLines(
  { specification, rejects }: RejectsExport,
  filler: string,
  lineOf = ({ raw }: Reject): Buffer => raw,
): AsyncGenerator<Buffer> {
  const { skip, skipLast } = specification
  yield Buffer.from('\n'.repeat(skip ?? 0))
  let last = 0
  for await (const reject of rejects) {
    if (reject.record === last) continue
    last = reject.record
    yield Buffer.concat([lineOf(reject), Buffer.from('\n')])
  }
  yield Buffer.from(`${filler}\n`.repeat(skipLast))
}
