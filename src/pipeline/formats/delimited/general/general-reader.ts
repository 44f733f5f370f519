import { NONE, type FieldFinder, type QuotedRecord } from '../scan/field-reader.ts'
import type { Span } from '../../inspection/span.ts'
import { BLANK, GeneralLines } from './general-lines.ts'

type Flag = NonNullable<QuotedRecord['flag']>
type ReadValue = { flag: Flag } | { text: string; isQuoted: boolean }

/**
 * Parses the fields of one record in any dialect; common dialects have a faster reader. A few
 * characters of lookahead keep the result independent of window boundaries.
 */
export class GeneralReader extends GeneralLines implements FieldFinder {
  /** No record is split without checking each of its characters. */
  readonly quote = -1
  /** Spans of the fields of the last record, as written. */
  spans: Span[] = []
  /** From this index to the end of the window, no quoted value is closed. */
  #openFrom = NONE

  override load(text: string, isFinal: boolean): void {
    super.load(text, isFinal)
    this.#openFrom = NONE
  }

  back(): void {
    // No-op: the cache is valid for the whole window.
  }

  quoted(start: number): QuotedRecord {
    const fields: string[] = []
    let emptyTexts: Set<number> | undefined
    this.spans = []
    this.at = start
    this.skipMerged()
    for (;;) {
      const value = this.#value()
      if ('flag' in value) return this.#none(value.flag, fields)
      if (value.isQuoted && value.text === '') (emptyTexts ??= new Set()).add(fields.length)
      fields.push(value.text)

      const behind = this.#behindValue()
      if (behind === 'delimiter') continue
      if (behind !== 'end') return this.#none(behind, fields)
      const end = this.at
      const after = this.isAtEnd ? end : this.afterLineEnd(end)
      return after === NONE
        ? this.#none('more', fields)
        : { flag: undefined, end, after, fields, emptyTexts }
    }
  }

  #value(): ReadValue {
    this.skipBlanks()
    const from = this.at
    const { open } = this.marks
    if (this.isCut(from)) return { flag: 'more' }
    const isQuoted = open !== '' && this.text.startsWith(open, from)
    const value = isQuoted ? this.#quotedValue() : this.#plainValue()
    this.spans.push({ from, to: this.at })
    return value
  }

  #plainValue(): ReadValue {
    const { delimiter, escape, trim } = this.marks
    const text = this.text
    let value = ''
    let from = this.at
    let search = from
    for (;;) {
      const at = this.specials.nextOutside(text, search)
      if (at === NONE && !this.isFinal) return { flag: 'more' }
      const end = Math.min(at, text.length)
      if (end < text.length && this.isCut(end)) return { flag: 'more' }
      const isEnd = end === text.length || this.specials.isLineEnd(text, end)
      if (isEnd || text.startsWith(delimiter, end)) {
        this.at = end
        value += text.slice(from, end)
        return { text: trim ? withoutBlanksBehind(value) : value, isQuoted: false }
      }
      if (escape === '' || !text.startsWith(escape, end)) {
        this.at = end
        return { flag: 'bare_quote' }
      }
      const escaped = this.specials.escapedAt(text, end + escape.length)
      if (escaped > 0) {
        value += text.slice(from, end)
        from = end + escape.length
      }
      search = end + escape.length + escaped
    }
  }

  #quotedValue(): ReadValue {
    const { open, close, escape, multiline } = this.marks
    const text = this.text
    const start = this.at
    let value = ''
    let from = start + open.length
    let search = from
    for (;;) {
      const at = start > this.#openFrom ? NONE : this.specials.nextInside(text, search)
      if (at === NONE) {
        this.#openFrom = Math.min(this.#openFrom, start)
        return { flag: this.isFinal ? 'unterminated_quote' : 'more' }
      }
      if (this.isCut(at)) return { flag: 'more' }
      if (!multiline && this.specials.isLineEnd(text, at)) return { flag: 'unterminated_quote' }
      if (escape !== '' && text.startsWith(escape, at)) {
        const escaped = this.specials.escapedAt(text, at + escape.length)
        if (escaped > 0) {
          value += text.slice(from, at)
          from = at + escape.length
        }
        search = at + escape.length + escaped
      } else if (text.startsWith(close, at + close.length)) {
        value += text.slice(from, at + close.length)
        from = at + 2 * close.length
        search = from
      } else if (this.marks.isApostrophe && !this.#isEndOfValue(at + close.length)) {
        search = at + close.length
      } else {
        this.at = at + close.length
        return { text: value + text.slice(from, at), isQuoted: true }
      }
    }
  }

  #isEndOfValue(at: number): boolean {
    const { trim, delimiter } = this.marks
    let end = at
    while (trim && BLANK.test(this.text.charAt(end))) end++
    const isEnd = end === this.text.length || this.specials.isLineEnd(this.text, end)
    return isEnd || [at, end].some((place) => this.text.startsWith(delimiter, place))
  }

  /** Skips a delimiter, or stops at a record end. */
  #behindValue(): 'delimiter' | 'end' | Flag {
    this.skipBlanks()
    if (this.isAtEnd) return this.isFinal ? 'end' : 'more'
    if (this.isCut(this.at)) return 'more'
    if (this.specials.isLineEnd(this.text, this.at)) return 'end'
    const { delimiter, mergeDelimiters } = this.marks
    if (!this.text.startsWith(delimiter, this.at)) return 'text_after_quote'
    if (!mergeDelimiters) {
      this.at += delimiter.length
      return 'delimiter'
    }
    this.skipMerged()
    if (this.isCut(this.at)) return 'more'
    const isEnd = this.isAtEnd || this.specials.isLineEnd(this.text, this.at)
    return isEnd ? 'end' : 'delimiter'
  }

  #none(flag: Flag, fields: string[]): QuotedRecord {
    return { flag, end: this.at, after: NONE, fields, emptyTexts: undefined }
  }
}

/** Not a regular expression: it would rescan a long run of blanks once for each blank. */
function withoutBlanksBehind(text: string): string {
  let end = text.length
  while (end > 0 && BLANK.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
