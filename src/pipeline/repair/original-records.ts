import type { Store } from '../../db/store.ts'
import { MASK } from '../../domain/records/mask.ts'
import { placesOf } from '../../domain/specification/stored-path.ts'
import { JobFailure } from '../../domain/words/failures.ts'
import type { RecordReader, SourceReader, SourceRecord } from '../formats/source-reader.ts'
import { fileOfRecord, filesOf, readerOfFile } from '../import/opening/files-of-memo.ts'
import { importState, type ResumeState } from '../import/opening/resume-state.ts'
import { openSource } from '../import/opening/source-profile.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { CheckedJob } from './check-corrections.ts'

/** Where a record lies in the source of its job. */
type WantedRecord = { record: number; line: number; offset: number }

/** Bytes between two wanted records that are read rather than sought. */
const SKIPPED_BYTES = 1024 * 1024

export const MASKED_RECORD = Buffer.from(MASK)

/**
 * Reads records once more from the source of their job, since of sensitive values only masks are
 * kept. A file that is gone, or is another by now, gives none of its records.
 * @returns by record number
 */
export async function readOriginals(
  { db }: Store,
  { specification, memo: stored }: CheckedJob,
  records: WantedRecord[],
): Promise<Map<number, SourceRecord>> {
  const memo = importState.parse(stored)
  const places = placesOf(specification)
  const found = new Map<number, SourceRecord>()
  for (const [file, wanted] of Map.groupBy(records, ({ record }) => fileOfRecord(memo, record))) {
    const place = places[file]
    const source = place && (await sameSource(memo, file, () => openSource(db, place, {})))
    if (source === undefined) continue
    try {
      await readFrom(source, readerOfFile(memo, file), wanted, found)
    } finally {
      await source.close()
    }
  }
  return found
}

/** The file as the job read it; undefined where it is gone or another. */
async function sameSource(
  memo: ResumeState,
  file: number,
  open: () => Promise<SourceFile>,
): Promise<SourceFile | undefined> {
  const known = filesOf(memo)[file]
  if (known === undefined) return undefined
  let source: SourceFile | undefined
  try {
    source = await open()
    await source.expect(known.source, known.sha256)
    return source
  } catch (error) {
    await source?.close()
    if (error instanceof JobFailure) return undefined
    throw error
  }
}

async function readFrom(
  source: SourceFile,
  reader: SourceReader,
  wanted: WantedRecord[],
  found: Map<number, SourceRecord>,
): Promise<void> {
  let left = wanted.toSorted((a, b) => a.record - b.record)
  while (left.length > 0) {
    const [{ offset, line, record } = { offset: 0, line: 1, record: 1 }] = left
    const from = { offset, line, record: record - 1 }
    const { records, windows } = reader.open(source, from)
    const before = left.length
    for await (const _ of windows) {
      left = take(records, left, found)
      if (left.length === 0 || isFar(source, records, left)) break
    }
    // A record that its place does not have is none.
    if (left.length === before) left = left.slice(1)
  }
}

/** Takes the wanted ones of the buffered records. @returns those that are left */
function take(
  records: RecordReader,
  wanted: WantedRecord[],
  found: Map<number, SourceRecord>,
): WantedRecord[] {
  let at = 0
  for (let one = records.next(); one !== undefined; one = records.next()) {
    while ((wanted[at]?.record ?? Infinity) < one.record) at++
    const next = wanted[at]
    if (next === undefined) break
    if (next.record !== one.record) continue
    if (next.offset === one.offset) found.set(one.record, one)
    at++
  }
  return wanted.slice(at)
}

/** What is compressed can only be read on. */
function isFar(source: SourceFile, { position }: RecordReader, [next]: WantedRecord[]): boolean {
  const { gzip } = source.description
  return !gzip && (next?.offset ?? 0) - (position.offset ?? 0) > SKIPPED_BYTES
}
