import type { Dialect } from '../dialect/dialect.ts'
import type { Decoder } from '../../../encodings/encoding.ts'
import type { RecordText, Unquoted } from './record-text.ts'

/** How fields are split and decoded in a window. */
export type FieldDecoding = {
  delimiter: string
  decode: Decoder
  /** Matches a character that must be decoded or, in UTF-16, checked. */
  doubtful: RegExp
  /** Whether the text of a whole record can be decoded before it is cut at the delimiters. */
  decodesWhole: boolean
  /** The number of fields that a record should have. */
  columns: number | undefined
} & Pick<Dialect, 'missingColumns' | 'surplusColumns'>

/** A piece of the source as text. It stays in memory as long as one of its records does. */
export class RecordWindow {
  readonly text: string
  readonly #fields: FieldDecoding
  readonly #isPlain: boolean

  /** @param isPlain true if nothing in the text needs decoding */
  constructor(text: string, fields: FieldDecoding, isPlain: boolean) {
    this.text = text
    this.#fields = fields
    this.#isPlain = isPlain
  }

  /** Parses the record from index `from` to `to`; one with quotes has its fields already. */
  read(from: number, to: number, unquoted?: Unquoted): RecordText {
    const isDoubtful = !this.#isPlain && this.#hasDoubt(from, to)
    const fields = isDoubtful
      ? this.#decoded(from, to, unquoted?.fields)
      : (unquoted?.fields ?? this.#cut(from, to))
    if (fields === undefined) return { flag: 'encoding', fields: [] }
    const flag = this.#hasRightWidth(fields) ? undefined : 'columns'
    return { flag, fields, emptyTexts: unquoted?.emptyTexts }
  }

  /** Pads or truncates the fields to the number of columns, if the dialect allows it. */
  #hasRightWidth(fields: string[]): boolean {
    const { columns, missingColumns, surplusColumns } = this.#fields
    if (columns === undefined || fields.length === columns) return true
    if (fields.length > columns) {
      if (surplusColumns === 'reject') return false
      fields.length = columns
    } else {
      if (missingColumns === 'reject') return false
      while (fields.length < columns) fields.push('')
    }
    return true
  }

  #cut(from: number, to: number): string[] {
    const { text } = this
    const { delimiter } = this.#fields
    const fields: string[] = []
    let at = from
    let next = text.indexOf(delimiter, at)
    while (next !== -1 && next < to) {
      fields.push(text.slice(at, next))
      at = next + delimiter.length
      next = text.indexOf(delimiter, at)
    }
    fields.push(text.slice(at, to))
    return fields
  }

  #hasDoubt(from: number, to: number): boolean {
    return this.#fields.doubtful.test(this.text.slice(from, to))
  }

  #decoded(from: number, to: number, unquoted: string[] | undefined): string[] | undefined {
    const { doubtful, decode, decodesWhole, delimiter } = this.#fields
    // To decode once takes a fraction of the time.
    if (decodesWhole && unquoted === undefined) {
      return decode(this.text.slice(from, to))?.split(delimiter)
    }
    const decoded: string[] = []
    for (const field of unquoted ?? this.#cut(from, to)) {
      const text = doubtful.test(field) ? decode(field) : field
      if (text === undefined) return undefined
      decoded.push(text)
    }
    return decoded
  }
}
