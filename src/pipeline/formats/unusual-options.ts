import { z } from 'zod'
import { readingOptions, writingOptions } from '../../domain/specification/dialect-options.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import { parseEncoding } from '../encodings/encoding-names.ts'

/** Options whose name on the command line differs. */
const TYPED: Record<string, string> = { multiline: '--no-multiline', nullText: '--null' }

const USUAL_READING = z.object(readingOptions).parse({})
const USUAL_WRITING = z.object(writingOptions).parse({})

/** Options of delimited text that are set for reading, as typed on the command line. */
export function unusualReading(specification: ImportSpecification): string[] {
  return unusual(Object.entries(USUAL_READING), new Map(Object.entries(specification)))
}

/** The same for writing. */
export function unusualWriting(specification: ExportSpecification): string[] {
  return unusual(Object.entries(USUAL_WRITING), new Map(Object.entries(specification)))
}

/** The encoding is not specific to delimited text: only values other than UTF-8 count. */
function unusual(usual: [string, unknown][], given: Map<string, unknown>): string[] {
  return usual.flatMap(([name, value]) => {
    const found = given.get(name)
    const isUtf8 =
      name === 'encoding' && (found === null || parseEncoding(String(found)) === 'utf-8')
    if (found === value || isUtf8) return []
    return [TYPED[name] ?? `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`]
  })
}
