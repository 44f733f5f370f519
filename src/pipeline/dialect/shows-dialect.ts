import { USUAL_DIALECT } from './dialect.ts'
import { SNIFF_BYTES } from './read-dialect.ts'
import { sniffDialect } from './sniff-dialect.ts'

type Written = { delimiter: string; header: boolean }

/** Whether an import finds out by itself how a text was written. What is a single column has no delimiter. */
export function showsDialect(text: Buffer, { delimiter, header }: Written): boolean {
  const head = text.subarray(0, SNIFF_BYTES)
  if (head.length === 0) return true
  const sample = { text: head.toString('latin1'), isWhole: head.length === text.length }
  const asked = { ...USUAL_DIALECT, delimiter: null, quote: null, escape: null, header }
  const { dialect } = sniffDialect(sample, asked)
  const { quote, escape } = USUAL_DIALECT
  return dialect.delimiter === delimiter && dialect.quote === quote && dialect.escape === escape
}
