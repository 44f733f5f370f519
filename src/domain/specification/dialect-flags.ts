import type { ExportSpecification, ImportSpecification } from './specification.ts'
import { characterName, delimiterName, recordEndName } from './special-characters.ts'

/** The dialect of a file as command-line options, without delimiter and encoding. */
export function readingOptionsOf(specification: ImportSpecification): string[] {
  const { quote, escape, recordEnd, comment, trim, mergeDelimiters, multiline } = specification
  const { missingColumns, surplusColumns } = specification
  return [
    ...(quote === null ? [] : [`--quote ${characterName(quote)}`]),
    ...(escape === null ? [] : [`--escape ${characterName(escape)}`]),
    ...(recordEnd === null ? [] : [`--record-end ${recordEndName(recordEnd)}`]),
    ...(comment === null ? [] : [`--comment ${delimiterName(comment)}`]),
    ...(trim ? ['--trim'] : []),
    ...(mergeDelimiters ? ['--merge-delimiters'] : []),
    ...(multiline ? [] : ['--no-multiline']),
    ...(missingColumns === 'reject' ? [] : [`--missing-columns ${missingColumns}`]),
    ...(surplusColumns === 'reject' ? [] : [`--surplus-columns ${surplusColumns}`]),
  ]
}

export function writingOptionsOf(specification: ExportSpecification): string[] {
  const { encoding, bom, lineEnd, quoteAll, nullText, safeCells } = specification
  return [
    ...(encoding === 'utf-8' ? [] : [`--encoding ${encoding}`]),
    ...(bom ? ['--bom'] : []),
    ...(lineEnd === 'lf' ? [] : [`--line-end ${lineEnd}`]),
    ...(quoteAll ? ['--quote-all'] : []),
    ...(nullText === null ? [] : [`--null ${nullText}`]),
    ...(safeCells ? ['--safe-cells'] : []),
  ]
}
