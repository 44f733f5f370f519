import { encodeText } from '../../../encodings/encode.ts'
import { isMultibyte, isUtf16 } from '../../../encodings/encoding-names.ts'
import { maskedText } from '../../../encodings/masked-text.ts'
import { quotePair, type Dialect } from '../dialect/dialect.ts'

const APOSTROPHES = ["'", '’']

/** The marks of a dialect as they stand in the text that is scanned. */
export type Marks = {
  delimiter: string
  open: string
  close: string
  escape: string
  recordEnd: string | null
  comment: string | null
  /**
   * Whether the quote is an apostrophe as well: within a value it is one, unless the value ends
   * behind it.
   */
  isApostrophe: boolean
} & Pick<Dialect, 'trim' | 'mergeDelimiters' | 'multiline'>

/** A text as it stands in a window: in UTF-16 as itself, else a character for each of its bytes. */
export function asScanned(text: string, encoding: Dialect['encoding']): string | undefined {
  if (isUtf16(encoding)) return text
  const bytes = encodeText(text, encoding)
  return bytes === undefined || !isMultibyte(encoding)
    ? bytes
    : maskedText(Buffer.from(bytes, 'latin1'), encoding)
}

/** @throws RangeError where the encoding lacks one of them */
export function marksOf(dialect: Dialect): Marks {
  const { encoding, delimiter, escape, recordEnd, comment } = dialect
  const { open, close } = quotePair(dialect)
  const known = (text: string) => {
    const found = asScanned(text, encoding)
    if (found === undefined) throw new RangeError(`${JSON.stringify(text)} is not in ${encoding}.`)
    return found
  }
  const { trim, mergeDelimiters, multiline } = dialect
  return {
    delimiter: known(delimiter),
    open: known(open),
    close: known(close),
    escape: known(escape),
    recordEnd: recordEnd === null ? null : known(recordEnd),
    comment: comment === null ? null : known(comment),
    isApostrophe: APOSTROPHES.includes(close),
    trim,
    mergeDelimiters,
    multiline,
  }
}

/** What the fast reader knows: all that does nothing more than split and quote. */
export function isUsual({ open, close, escape, recordEnd, ...marks }: Marks): boolean {
  const isPlainQuote = open.length <= 1 && open === close && !marks.isApostrophe
  const hasMore = marks.trim || marks.mergeDelimiters || !marks.multiline
  return isPlainQuote && escape === '' && recordEnd === null && !hasMore
}
