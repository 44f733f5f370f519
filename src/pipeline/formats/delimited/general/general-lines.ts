import { NONE } from '../scan/field-reader.ts'
import { LF, linesIn } from '../scan/window-text.ts'
import type { Marks } from '../scan/scan-text.ts'
import { specialsOf, type Specials } from './specials.ts'

export const BLANK = /[ \t]/

/** Finds the lines of a window, with any record end, and skips the characters between values. */
export class GeneralLines {
  protected text = ''
  protected isFinal = false
  protected at = 0
  #line = -1
  protected readonly marks: Marks
  protected readonly specials: Specials

  constructor(marks: Marks) {
    this.marks = marks
    this.specials = specialsOf(marks)
  }

  get lookahead(): number {
    return 2 * this.specials.longest + 1
  }

  get overlap(): number {
    return this.marks.recordEnd === null ? 0 : this.marks.recordEnd.length - 1
  }

  load(text: string, isFinal: boolean): void {
    this.text = text
    this.isFinal = isFinal
    this.#line = -1
  }

  seek(at: number): void {
    if (this.#line < at) this.#line = this.specials.lineEndFrom(this.text, at)
    this.at = at
  }

  get lineEnd(): number {
    return this.#line === NONE && this.isFinal ? this.text.length : this.#line
  }

  afterLineEnd(at: number): number {
    const { recordEnd } = this.marks
    const { length } = this.text
    if (at === NONE || at === length) return at
    if (recordEnd !== null) return at + recordEnd.length
    if (this.text.charCodeAt(at) === LF) return at + 1
    if (at + 1 < length) return this.text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
    return this.isFinal ? at + 1 : NONE
  }

  /** Whether the line holds only delimiters and trimmed blanks. */
  isBlank(at: number, lineEnd: number): boolean {
    const { trim, delimiter } = this.marks
    let from = at
    while (from < lineEnd) {
      if (this.text.startsWith(delimiter, from)) from += delimiter.length
      else if (trim && BLANK.test(this.text.charAt(from))) from++
      else return false
    }
    return true
  }

  linesIn(from: number, to: number): number {
    const { recordEnd } = this.marks
    return recordEnd === null
      ? linesIn(this.text, from, to)
      : this.text.slice(from, to).split(recordEnd).length - 1
  }

  protected get isAtEnd(): boolean {
    return this.at === this.text.length
  }

  /** Whether a token at this index may extend beyond the window. */
  protected isCut(at: number): boolean {
    return !this.isFinal && at + this.lookahead > this.text.length
  }

  protected skipMerged(): void {
    const { delimiter, mergeDelimiters } = this.marks
    if (!mergeDelimiters) return
    while (this.text.startsWith(delimiter, this.at)) this.at += delimiter.length
  }

  protected skipBlanks(): void {
    const { trim, delimiter } = this.marks
    if (!trim) return
    while (BLANK.test(this.text.charAt(this.at)) && !this.text.startsWith(delimiter, this.at)) {
      this.at++
    }
  }
}
