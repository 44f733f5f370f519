import { parseImportSpecification } from '../../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { encodeText } from '../../encodings/encode.ts'
import { parseEncoding } from '../../encodings/encoding-names.ts'
import { adapted, sourceState } from '../../known-formats.ts'

/**
 * The specification of a file to fill in, written as the source that was read last, as far as the
 * specification leaves that open: what was found out then is in no specification.
 * @param seen the memo of the import that read it
 */
export function asSeen(given: ImportSpecification, seen: unknown): ImportSpecification {
  const state = sourceState.safeParse(seen).data
  if (state === undefined || (given.format !== null && given.format !== state.format)) return given
  const asked = parseImportSpecification({ ...adapted(given, state), format: state.format })
  const open = new Set(
    Object.entries(asked).flatMap(([name, value]) => ((value ?? null) === null ? [name] : [])),
  )
  const found = Object.entries(state).filter(([name]) => open.has(name))
  return parseImportSpecification({ ...asked, ...Object.fromEntries(found) })
}

/** The same without an encoding that lacks a character of the names of the columns. */
export function encodable(
  specification: ImportSpecification,
  given: ImportSpecification,
  columns: string[],
): ImportSpecification {
  const { encoding } = specification
  const isAsked = encoding === null || encoding === given.encoding
  const known = isAsked ? undefined : parseEncoding(encoding)
  if (known === undefined || encodeText(columns.join(''), known) !== undefined) return specification
  return { ...specification, encoding: given.encoding }
}
