import type { Attempt } from '../../../../domain/records/record.ts'
import type { RecordFlag } from '../scan/record-flag.ts'
import type { RecordWindow } from './record-window.ts'

/** What a record says. */
export type RecordText = {
  /** Why it can't be read. */
  flag: RecordFlag | undefined
  /**
   * Empty where there is a flag, save `columns`. They may be slices which hold the whole window in
   * memory: copy what is kept.
   */
  fields: string[]
  /**
   * Which of the fields are a text that is empty: two quotes and nothing between them. All others
   * that are empty are nothing. Undefined where none is.
   */
  emptyTexts?: ReadonlySet<number> | undefined
}

/** The fields of a record that has quotes. */
export type Unquoted = Pick<RecordText, 'fields' | 'emptyTexts'>

/** Where a record lies. */
export type RecordPlace = {
  /** Counts every record from 1; a header is one as well. */
  record: number
  /** The physical line on which it starts. */
  line: number
  /** Its first byte. */
  offset: number
  /** The byte behind it and its line end. */
  end: number
  /** The physical line at `end`. */
  nextLine: number
}

/** What was found out about a record while its end was looked for. */
type Findings = {
  /** Its text in the window, without the line end. */
  from: number
  to: number
  flag?: RecordFlag | undefined
  unquoted?: Unquoted | undefined
  /** Its bytes, where the window does not have them. */
  raw?: string | undefined
}

/**
 * A record of delimited text. Thousands are held until they are written; so it is no more than a
 * place in a window, and is read when somebody asks.
 */
export class DelimitedRecord implements RecordPlace {
  readonly record: number
  readonly line: number
  readonly offset: number
  readonly end: number
  readonly nextLine: number
  attempt: Attempt = 'first'
  readonly #window: RecordWindow
  readonly #from: number
  readonly #to: number
  readonly #flag: RecordFlag | undefined
  readonly #unquoted: Unquoted | undefined
  readonly #raw: string | undefined

  constructor(place: RecordPlace, window: RecordWindow, findings: Findings) {
    this.record = place.record
    this.line = place.line
    this.offset = place.offset
    this.end = place.end
    this.nextLine = place.nextLine
    this.#window = window
    this.#from = findings.from
    this.#to = findings.to
    this.#flag = findings.flag
    this.#unquoted = findings.unquoted
    this.#raw = findings.raw
  }

  /** With its line end. */
  get bytes(): number {
    return this.end - this.offset
  }

  /** Each time anew: it is not kept. */
  read(): RecordText {
    return this.#flag === undefined
      ? this.#window.read(this.#from, this.#to, this.#unquoted)
      : { flag: this.#flag, fields: [] }
  }

  /** Its bytes without the line end, one character a byte; of one that is too long, the first ones. */
  get raw(): string {
    return this.#raw ?? this.#window.text.slice(this.#from, this.#to)
  }
}
