import type { Correction } from '../../../domain/records/correction.ts'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import type {
  RecordMark,
  RecordReader,
  SourceReader,
  SourceRecord,
} from '../../formats/source-reader.ts'
import type { CorrectedRecords } from '../../ports.ts'

/**
 * Reads corrected records page by page. A record keeps its number in the first job's file; the
 * position counts the records taken, as those of a file are counted.
 */
export class CorrectedReader implements RecordReader {
  readonly empty = 0
  /** Bytes of the records taken. */
  bytesRead = 0
  readonly #readerOf: (record: number) => SourceReader
  #page: Correction[] = []
  /** Number of records before the page, and the place in it. */
  #before: number
  #at = 0

  constructor(readerOf: (record: number) => SourceReader, count: number) {
    this.#readerOf = readerOf
    this.#before = count
  }

  async *windows(corrected: CorrectedRecords): AsyncGenerator<void> {
    let last = await corrected.numberAt(this.#before)
    this.bytesRead = await corrected.bytesUpTo(last)
    for (;;) {
      const page = await corrected.after(last)
      const end = page.at(-1)
      if (end === undefined) return
      this.#before += this.#at
      this.#page = [...this.#page.slice(this.#at), ...page]
      this.#at = 0
      last = end.record
      yield
    }
  }

  get position(): Position {
    return { offset: null, line: null, record: this.#before + this.#at }
  }

  get mark(): RecordMark {
    return { ...this.position, empty: this.empty }
  }

  next(): SourceRecord | undefined {
    const stored = this.#page[this.#at]
    if (stored === undefined) return undefined
    this.#at++
    this.bytesRead += stored.raw.length
    const record = this.#readerOf(stored.record).again({ ...stored, attempt: 'first' })
    if (record === undefined) throw new Error(`record ${stored.record} was stored without its text`)
    return record
  }

  back({ record }: RecordMark): void {
    const at = record - this.#before
    for (const { raw } of this.#page.slice(at, this.#at)) this.bytesRead -= raw.length
    this.#at = at
  }
}
