import { NO_CHARACTER } from '../../../../domain/formats/delimited/delimited-options.ts'
import { quotePair, type Dialect } from './dialect.ts'

/**
 * Quotes and escapes a value if necessary. A dialect without quotes gets spaces in place of marks.
 */
export function quotedIn(value: string, dialect: Dialect): string {
  const { delimiter, escape, recordEnd, trim } = dialect
  const { open, close } = quotePair(dialect)
  const lineEnds = recordEnd === null ? ['\r', '\n'] : [recordEnd]
  const marks = [delimiter, ...lineEnds]
  if (open === NO_CHARACTER) return marks.reduce((text, mark) => text.replaceAll(mark, ' '), value)

  const isEdged = trim && value.trim() !== value
  // Checks first characters only: a value that ends with the start of a mark could complete one.
  const isPlain = ![...marks, open, close, escape].some(
    ([first]) => first !== undefined && value.includes(first),
  )
  if (isPlain && !isEdged) return value
  const escaped = escape === NO_CHARACTER ? value : value.replaceAll(escape, escape + escape)
  return open + escaped.replaceAll(close, (escape || close) + close) + close
}
