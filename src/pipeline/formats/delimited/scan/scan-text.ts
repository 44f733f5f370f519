import { encodeText } from '../../../encodings/encode.ts'
import { isMultibyte, isUtf16 } from '../../../encodings/encoding-names.ts'
import { maskedText } from '../../../encodings/masked-text.ts'
import { quotePair, type Dialect } from '../dialect/dialect.ts'

const APOSTROPHES = ["'", '’']

/** The marks of a dialect, encoded as in the scanned text. */
export type Marks = {
  delimiter: string
  open: string
  close: string
  escape: string
  recordEnd: string | null
  comment: string | null
  /**
   * Whether the quote can be an apostrophe too: within a value it is one, unless the value ends
   * after it.
   */
  isApostrophe: boolean
} & Pick<Dialect, 'trim' | 'mergeDelimiters' | 'multiline'>

/**
 * Text as it appears in a window: UTF-16 unchanged, otherwise one character per byte. Undefined if
 * the encoding lacks a character.
 */
export function asScanned(text: string, encoding: Dialect['encoding']): string | undefined {
  if (isUtf16(encoding)) return text
  const bytes = encodeText(text, encoding)
  return bytes === undefined || !isMultibyte(encoding)
    ? bytes
    : maskedText(Buffer.from(bytes, 'latin1'), encoding)
}

/** @throws RangeError if the encoding lacks one of the marks */
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

/** Whether the fast reader can read the dialect: one that only splits and quotes. */
export function isUsual({ open, close, escape, recordEnd, ...marks }: Marks): boolean {
  const isPlainQuote = open.length <= 1 && open === close && !marks.isApostrophe
  const hasMore = marks.trim || marks.mergeDelimiters || !marks.multiline
  return isPlainQuote && escape === '' && recordEnd === null && !hasMore
}
