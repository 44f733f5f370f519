import { UnusableError } from '../../../../domain/words/errors.ts'
import type { DelimitedExport } from '../../../../domain/specification/specification.ts'
import { encodeText } from '../../../encodings/encode.ts'
import { writableEncoding } from '../../../encodings/writable-encoding.ts'

/**
 * @throws UnusableError if the encoding cannot represent the delimiter, the null text or a column
 * name, or has no BOM, and for two columns with the same title
 */
export function requireWritable(specification: DelimitedExport, columns: string[]): void {
  const { delimiter, nullText, bom, header } = specification
  const encoding = writableEncoding(specification.encoding)
  if (bom && !encoding.startsWith('utf-')) throw new UnusableError({ problem: 'no_bom', encoding })
  const twice = columns.find((title, at) => columns.indexOf(title) < at)
  if (header && twice !== undefined)
    throw new UnusableError({ problem: 'title_twice', title: twice })
  for (const text of [delimiter, nullText ?? '', ...(header ? columns : [])]) {
    if (encodeText(text, encoding) === undefined) {
      throw new UnusableError({ problem: 'no_character', text, encoding })
    }
  }
}
