import type { Reject } from '../../domain/records/reject.ts'
import { originOf, severalFilesOf } from '../../domain/records/source-files.ts'
import { decode, unitsOf } from '../encodings/decode.ts'
import { memoOfRecord, readersOf } from '../import/opening/files-of-memo.ts'
import { importState, type ResumeState } from '../import/opening/resume-state.ts'
import { sourceReaderOf } from '../known-formats.ts'
import { columnPlaces } from '../import/opening/column-places.ts'
import { allColumns, moveTo } from '../import/several/in-columns.ts'

/** What tells nothing of how records are written. */
const NOT_OF_RECORDS = ['detection', 'head', 'skipped', 'isNamed', 'stamps', 'seen', 'others']

/**
 * Rejects of several files as if they were of one: records that are written otherwise than those of
 * the first file are written anew, all in UTF-8 where the encodings differ.
 */
export function inOneDialect(memo: ResumeState, rejects: AsyncIterable<Reject>) {
  const fileOf = originOf(severalFilesOf({ checkpoint: { memo } }))
  if (fileOf === undefined) return { memo, rejects, fileOf }
  const encodings = new Set(
    [null, ...memo.others].map((other) => other?.state?.encoding ?? memo.encoding),
  )
  const target = encodings.size === 1 ? memo : inUtf8(memo)
  return { memo: target, rejects: rewritten(memo, target, rejects), fileOf }
}

function inUtf8(memo: ResumeState): ResumeState {
  return importState.parse({ ...memo, encoding: 'utf-8', head: null })
}

async function* rewritten(memo: ResumeState, target: ResumeState, rejects: AsyncIterable<Reject>) {
  const readerOf = readersOf(memo)
  const columns = allColumns(target)
  const compose = sourceReaderOf(target).composer(columns)
  for await (const reject of rejects) {
    const own = memoOfRecord(memo, reject.record)
    if (isAlike(own, target) || compose === undefined) {
      yield reject
      continue
    }
    const reader = readerOf(reject.record)
    const reading = reader.again({ ...reject, attempt: 'first' })?.read()
    const isReadable = reading !== undefined && reader.messageOf(reading, () => '') === undefined
    const raw = isReadable
      ? compose(moveTo(columnPlaces(columns, own.header), reading))
      : textIn(target, own, reject.raw)
    yield { ...reject, raw }
  }
}

function isAlike(one: ResumeState, other: ResumeState): boolean {
  const [a, b] = [one, other].map((memo) =>
    JSON.stringify(
      Object.entries(memo)
        .filter(([part]) => !NOT_OF_RECORDS.includes(part))
        .toSorted(([first], [second]) => (first < second ? -1 : 1)),
    ),
  )
  return a === b
}

/** A record that cannot be read keeps its text; bytes that are none become replacement characters. */
function textIn(target: ResumeState, { encoding }: ResumeState, raw: Buffer): Buffer {
  if (encoding === target.encoding) return raw
  const pieces = decode(unitsOf(raw, encoding), encoding)
  return Buffer.from(pieces.map((piece) => (typeof piece === 'number' ? '\ufffd' : piece)).join(''))
}
