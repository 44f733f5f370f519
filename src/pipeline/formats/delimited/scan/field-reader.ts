import type { RecordFlag } from './record-flag.ts'
import { CR, isAll, LF, linesIn } from './window-text.ts'

/** Not found: greater than every index. A small integer, so that arithmetic with it stays fast. */
export const NONE = 0x3fffffff

/** The result of parsing a record with quotes. */
export type QuotedRecord = {
  /** Why it cannot be read; `more`: the window ends before the record. */
  flag: RecordFlag | 'more' | undefined
  /** Index of its end without the line end, or of the error. */
  end: number
  after: number
  fields: string[]
  /**
   * Indexes of fields that are an empty string, written as two quotes; undefined if there are none.
   */
  emptyTexts: Set<number> | undefined
}

/** Finds records in a window, and the fields of those that a plain split cannot read. */
export type FieldFinder = {
  /** Index of the next quote after the last `seek`; a line before it can be split. */
  readonly quote: number
  /** Index of the next line end after the last `seek`; the end of the source counts as one. */
  readonly lineEnd: number
  /** Characters of lookahead that a decision at an index needs. */
  readonly lookahead: number
  /** How many characters of a partial line end may stand undetected at the end of a window. */
  readonly overlap: number
  load(text: string, isFinal: boolean): void
  seek(at: number): void
  /** The index after a line end; NONE if only the next window can tell. */
  afterLineEnd(at: number): number
  /** Whether the line is empty. */
  isBlank(at: number, lineEnd: number): boolean
  linesIn(from: number, to: number): number
  /** Parses the record at `at`, the place of the last `seek`. `back` restores the state before. */
  quoted(at: number): QuotedRecord
  back(): void
}

/**
 * Parses the fields of one record from a window. It caches the next line end, quote and delimiter
 * between records, so what is rare in a window is searched for once, not once per record.
 */
export class FieldReader implements FieldFinder {
  quote = -1
  readonly overlap = 0
  #lf = -1
  #cr = -1
  #delimiterAt = -1
  #text = ''
  #final = false
  #saved = { quote: -1, lf: -1, cr: -1, delimiterAt: -1 }
  readonly #delimiter: string
  readonly #quoteMark: string

  constructor(delimiter: string, quoteMark: string) {
    this.#delimiter = delimiter
    this.#quoteMark = quoteMark
  }

  get lookahead(): number {
    return this.#delimiter.length + 1
  }

  load(text: string, final: boolean): void {
    this.#text = text
    this.#final = final
    this.#lf = this.#cr = this.#delimiterAt = -1
    this.quote = this.#quoteMark === '' ? NONE : -1
  }

  seek(at: number): void {
    if (this.#lf < at) this.#lf = this.#find('\n', at)
    if (this.#cr < at) this.#cr = this.#find('\r', at)
    if (this.quote < at) this.quote = this.#find(this.#quoteMark, at)
  }

  get lineEnd(): number {
    const next = this.#lf < this.#cr ? this.#lf : this.#cr
    return next === NONE && this.#final ? this.#text.length : next
  }

  afterLineEnd(at: number): number {
    const { length } = this.#text
    if (at === length) return at
    else if (this.#text.charCodeAt(at) === LF) return at + 1
    else if (at + 1 < length) return this.#text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
    else return this.#final ? at + 1 : NONE
  }

  /** Whether the range is empty or holds only delimiters. */
  isBlank(from: number, to: number): boolean {
    if (from === to) return true
    // The common case first: a record begins with a value.
    if (this.#text.charCodeAt(from) !== this.#delimiter.charCodeAt(0)) return false
    return isAll(this.#text, this.#delimiter, from, to)
  }

  linesIn(from: number, to: number): number {
    return linesIn(this.#text, from, to)
  }

  quoted(start: number): QuotedRecord {
    const { quote } = this
    this.#saved = { quote, lf: this.#lf, cr: this.#cr, delimiterAt: this.#delimiterAt }
    const text = this.#text
    const delimiter = this.#delimiter
    const fields: string[] = []
    let emptyTexts: Set<number> | undefined
    let at = start
    for (;;) {
      this.seek(at)
      if (this.quote === at) {
        const close = this.#closingQuote(at + 1)
        if (close === NONE) {
          return none(this.#final ? 'unterminated_quote' : 'more', text.length)
        }
        if (close === at + 1) (emptyTexts ??= new Set()).add(fields.length)
        fields.push(this.#unquoted(at + 1, close))
        at = close + 1
      } else {
        if (this.#delimiterAt < at) this.#delimiterAt = this.#find(delimiter, at)
        const end = Math.min(this.#delimiterAt, this.lineEnd)
        if (this.quote < end) return none('bare_quote', this.quote)
        if (end === NONE) return none('more', end)
        fields.push(text.slice(at, end))
        at = end
      }

      if (text.startsWith(delimiter, at)) {
        at += delimiter.length
      } else {
        const flag = this.#behindField(at)
        if (flag !== undefined) return none(flag, at)
        const after = this.afterLineEnd(at)
        return after === NONE ? none('more', at) : { flag, end: at, after, fields, emptyTexts }
      }
    }
  }

  /**
   * Restores the state before `quoted`. Without it, each of many bad lines would search the window
   * again.
   */
  back(): void {
    const { quote, lf, cr, delimiterAt } = this.#saved
    this.quote = quote
    this.#lf = lf
    this.#cr = cr
    this.#delimiterAt = delimiterAt
  }

  /**
   * A quote at the very end of a window may be half of a doubled one; the caller then needs more.
   */
  #closingQuote(from: number): number {
    const text = this.#text
    let close = this.#find(this.#quoteMark, from)
    while (close !== NONE && text.startsWith(this.#quoteMark, close + 1)) {
      close = this.#find(this.#quoteMark, close + 2)
    }
    return close
  }

  #unquoted(from: number, close: number): string {
    const value = this.#text.slice(from, close)
    return value.includes(this.#quoteMark)
      ? value.replaceAll(this.#quoteMark + this.#quoteMark, this.#quoteMark)
      : value
  }

  /**
   * Checks what follows a field that no delimiter ends: a line end, or text after a closing quote.
   */
  #behindField(at: number): RecordFlag | 'more' | undefined {
    const { length } = this.#text
    const code = this.#text.charCodeAt(at)
    if (at === length) return this.#final ? undefined : 'more'
    else if (code === LF || code === CR) return undefined
    else if (this.#final || at + this.#delimiter.length <= length) return 'text_after_quote'
    else return 'more'
  }

  #find(what: string, from: number): number {
    const at = this.#text.indexOf(what, from)
    return at === -1 ? NONE : at
  }
}

function none(flag: NonNullable<QuotedRecord['flag']>, end: number): QuotedRecord {
  return { flag, end, after: NONE, fields: [], emptyTexts: undefined }
}
