import type { ColumnType } from '../../../domain/records/table.ts'
import {
  foldWord,
  type BooleanFormat,
  type Enumeration,
} from '../../../domain/specification/fields/value-format.ts'
import { booleanTexts, codec, type ValueCodec } from './value-codec.ts'

/** Booleans in words; the first of each list is written. */
export function booleanWords(format: BooleanFormat, type: ColumnType): ValueCodec {
  const texts = booleanTexts(type)
  const known = new Map<string, string>([
    ...format.true.map((word) => [foldWord(word), texts.true] as const),
    ...format.false.map((word) => [foldWord(word), texts.false] as const),
  ])
  const written = new Map([
    ['true', format.true[0]],
    ['1', format.true[0]],
    ['false', format.false[0]],
    ['0', format.false[0]],
  ])
  return codec(
    (text) => known.get(text) ?? known.get(foldWord(text)),
    (text) => written.get(text),
  )
}

/** A closed list of values. Of several texts for one value, the first is written. */
export function enumerated({ values, otherwise, fixed }: Enumeration): ValueCodec {
  const read = new Map(values.map(({ written, value }) => [written, value]))
  const write = new Map(values.toReversed().map(({ written, value }) => [value, written]))
  const other = (text: string) => {
    if (otherwise === 'keep') return text
    return otherwise === 'fixed' ? fixed : undefined
  }
  return {
    read: (text) => read.get(text) ?? read.get(text.trim()) ?? other(text),
    // A kept text must not be taken for another value when it is read again.
    write: (text) =>
      write.get(text) ?? (otherwise === 'keep' && !read.has(text) ? text : undefined),
    refusal: { code: 'TLY-3041', policy: otherwise === 'warn' ? 'warn' : 'reject' },
  }
}
