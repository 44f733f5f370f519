import path from 'node:path'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import type { SourceDescription } from '../../source/source-file.ts'
import type { SourceReader } from '../../formats/source-reader.ts'
import { sourceReaderOf } from '../../known-formats.ts'
import { importState, type ResumeState } from './resume-state.ts'

/** What is known of the bytes of a file. */
type KnownFile = { source: SourceDescription; sha256: string | null }

/** All files of an import, in the order in which they are read. */
export function filesOf(memo: ResumeState): KnownFile[] {
  return [memo, ...memo.others]
}

/** The same state with what became known of one of the files. */
export function withFile(memo: ResumeState, file: number, known: KnownFile): ResumeState {
  const { source, sha256 } = known
  if (file === 0) return { ...memo, source, sha256 }
  const others = memo.others.map((one, at) => (at === file - 1 ? { ...one, source, sha256 } : one))
  return { ...memo, others }
}

/** The same state when a file is begun, `position` being where the one before it ends. */
export function withBegun(
  memo: ResumeState,
  file: number,
  { record, line }: Pick<Position, 'record' | 'line'>,
): ResumeState {
  const known = linesBefore(memo, file - 1)
  const lines = known === null || line === null ? null : known + line
  const begun = { before: record, lines }
  const others = memo.others.map((one, at) => (at === file - 1 ? { ...one, ...begun } : one))
  return { ...memo, others }
}

function linesBefore({ others }: ResumeState, file: number): number | null {
  return file === 0 ? 0 : (others[file - 1]?.lines ?? null)
}

/** Bytes of the files before one; before the first that is not there, of all. */
export function bytesBefore(memo: ResumeState, file = memo.others.length + 1): number {
  return filesOf(memo)
    .slice(0, file)
    .reduce((sum, { source }) => sum + source.size, 0)
}

/** The file that has a record, counted from 0. */
export function fileOfRecord({ others }: Pick<ResumeState, 'others'>, record: number): number {
  return others.findLastIndex(({ before }) => before !== null && before < record) + 1
}

/** The state as if a file were the only one. */
export function memoOfFile(memo: ResumeState, file: number): ResumeState {
  if (memo.others.length === 0) return memo
  const other = memo.others[file - 1]
  const name = path.basename(other?.name ?? memo.name ?? '')
  const stamps = memo.stamps && { ...memo.stamps, file: name }
  return importState.parse({ ...memo, ...other?.state, stamps, others: [] })
}

/** The state as if the file of a record were the only one. */
export function memoOfRecord(memo: ResumeState, record: number): ResumeState {
  return memoOfFile(memo, fileOfRecord(memo, record))
}

export function readerOfFile(memo: ResumeState, file: number): SourceReader {
  return sourceReaderOf(memoOfFile(memo, file))
}

/** The reader for each record, by the file that it is in. */
export function readersOf(memo: ResumeState): (record: number) => SourceReader {
  const known = new Map<number, SourceReader>()
  return (record) => {
    const file = fileOfRecord(memo, record)
    const reader = known.get(file) ?? readerOfFile(memo, file)
    known.set(file, reader)
    return reader
  }
}
