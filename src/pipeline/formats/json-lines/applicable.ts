import { UnusableError } from '../../../domain/words/errors.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../../domain/specification/specification.ts'
import { unusualReading, unusualWriting } from '../unusual-options.ts'

/** @throws UnusableError if an option applies only to other formats */
export function requireReadOptions(specification: ImportSpecification): void {
  const lines = specification.headerLines === null ? [] : ['--header-lines']
  refuse([...unusualReading(specification), ...lines])
}

/** @throws UnusableError in the same way, or for a duplicate name */
export function requireWriteOptions(specification: ExportSpecification, columns: string[]): void {
  refuse(unusualWriting(specification))
  const seen = new Set<string>()
  const twice = columns.find((name) => seen.size === seen.add(name.toLowerCase()).size)
  if (twice !== undefined) throw new UnusableError({ problem: 'name_twice', name: twice })
}

function refuse([option]: string[]): void {
  if (option === undefined) return
  throw new UnusableError({ problem: 'not_for_format', option, format: 'JSON Lines' })
}
