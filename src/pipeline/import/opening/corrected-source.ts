import type { Position } from '../../../domain/jobs/checkpoint.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { OpenRecords } from '../../formats/source-reader.ts'
import { adapted, sourceReaderOf } from '../../known-formats.ts'
import type { CorrectedRecords } from '../../ports.ts'
import type { SourceDescription } from '../../source/source-file.ts'
import { descriptionOfCorrected, memoOfCorrected } from './corrected-memo.ts'
import { CorrectedReader } from './corrected-reader.ts'
import { readersOf } from './files-of-memo.ts'
import type { ResumeState } from './resume-state.ts'
import type { SourceProfile } from './source-profile.ts'

/** The position before the first of them; they have no bytes or lines of their own. */
const START: Position = { offset: null, line: null, record: 0 }

/**
 * Corrected records of another job in place of a file. Nobody changes them once the job is made, so
 * there is nothing to check or to hash.
 */
export class CorrectedSource {
  /** The file that they came from. */
  readonly path: string
  readonly sha256 = null
  readonly #corrected: CorrectedRecords

  constructor(path: string, corrected: CorrectedRecords) {
    this.path = path
    this.#corrected = corrected
  }

  get description(): SourceDescription {
    return descriptionOfCorrected(this.#corrected.bytes)
  }

  profile(given: ImportSpecification): SourceProfile {
    const { memo: stored, bytes } = this.#corrected
    const memo = memoOfCorrected(stored, bytes)
    return {
      path: this.path,
      memo,
      specification: adapted(given, memo),
      reader: sourceReaderOf(memo),
      header: memo.header,
      start: START,
      empty: 0,
      notes: [],
      others: [],
      sample: () => Promise.resolve([]),
    }
  }

  records(memo: ResumeState, from: Position): OpenRecords {
    const corrected = this.#corrected
    const records = new CorrectedReader(readersOf(memo), from.record)
    return {
      records,
      windows: records.windows(corrected),
      get bytesRead() {
        return records.bytesRead
      },
    }
  }

  check(): Promise<void> {
    return Promise.resolve()
  }

  expect(): Promise<void> {
    return Promise.resolve()
  }

  hash(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
