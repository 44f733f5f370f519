import { UnusableError } from '../../../domain/words/errors.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../../domain/specification/specification.ts'
import { parseEncoding } from '../../encodings/encoding-names.ts'

/** @throws UnusableError if an option applies only to other formats */
export function requireReadOptions(specification: ImportSpecification): void {
  requireUtf8(specification)
  if (specification.headerLines !== null) refuse('--header-lines')
}

/** @throws UnusableError in the same way, or for a duplicate name */
export function requireWriteOptions(specification: ExportSpecification, columns: string[]): void {
  requireUtf8(specification)
  const seen = new Set<string>()
  const twice = columns.find((name) => seen.size === seen.add(name).size)
  if (twice !== undefined) throw new UnusableError({ problem: 'name_twice', name: twice })
}

/** JSON is always UTF-8 (RFC 8259, 8.1). */
function requireUtf8({ encoding }: { encoding: string | null }): void {
  if (encoding !== null && parseEncoding(encoding) !== 'utf-8') refuse('--encoding')
}

function refuse(option: string): never {
  throw new UnusableError({ problem: 'not_for_format', option, format: 'json_lines' })
}
