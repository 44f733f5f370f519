import { UnusableError } from '../../domain/words/errors.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { FileProblem } from '../../domain/words/problems-of-files.ts'
import { isUtf16, type Encoding } from './encoding-names.ts'
import {
  IN_ZIPS,
  OLD_DOCUMENT,
  OLD_OFFICE,
  SHORT_SIGNATURES,
  SIGNATURES,
  ZIP,
} from './signatures.ts'

/** Number of bytes to check for text and NULs. */
const LOOKED_AT = 2048
/** Minimum share of bytes of a binary file that no text has; damaged text has a few. */
const BINARY_SHARE = 0.05
/** Minimum number of different ones: a text may be delimited by one or two of them. */
const BINARY_KINDS = 8

/** Matches a declaration, or a first element with attributes or a child element. */
const MARKUP =
  /^\s*<(\?xml|!doctype|!--|html|[a-z][\w.-]*(:[\w.-]+)?(\s+[\w:.-]+\s*=|>(\r?\n\s*)?<[a-z]))/i
/** An unlikely beginning of a record: a JSON object, or an array of objects or arrays. */
const JSON_START = /^\s*(\{\s*"|\[\s*[{[\]]|\{\s*\}|\{\s*$)/

/**
 * Refuses a file that belongs to another program.
 * @param encoding of the file: any text in UTF-16 has NULs
 * @param isSure true if a user has said what kind of text it is
 * @throws UnusableError with the kind of the file
 */
export function requireText(
  bytes: Buffer,
  { path, ...asked }: Pick<ImportSpecification, 'path' | 'encoding'>,
  { encoding, isSure }: { encoding: Encoding; isSure: boolean },
): void {
  const problem =
    binaryKind(bytes, path) ??
    // A named encoding means that it is text, however damaged.
    (asked.encoding === null && !isUtf16(encoding) && isBinary(bytes) ? 'is_binary' : undefined) ??
    (isSure ? undefined : textKind(bytes))
  if (problem !== undefined) throw new UnusableError({ problem, path })
}

/** The kind of a file that is not text the import can read; undefined if it may be. */
export function foreignKind(bytes: Buffer): FileProblem | undefined {
  return binaryKind(bytes, '') ?? textKind(bytes)
}

function binaryKind(bytes: Buffer, path: string): FileProblem | undefined {
  const start = bytes.toString('latin1', 0, LOOKED_AT)
  if (ZIP.some((mark) => start.startsWith(mark))) return kindOfZip(bytes, path)
  if (start.startsWith(OLD_OFFICE)) return OLD_DOCUMENT.test(path) ? 'is_document' : 'is_workbook'
  const signatures = start.includes('\0') ? [...SIGNATURES, ...SHORT_SIGNATURES] : SIGNATURES
  return signatures.find(([, at, ...marks]) =>
    marks.some((mark) => start.startsWith(mark, at)),
  )?.[0]
}

function kindOfZip(bytes: Buffer, path: string): FileProblem {
  const found = IN_ZIPS.find(
    ([, names, ends]) => ends.test(path) || names.some((name) => bytes.includes(name, 0, 'latin1')),
  )
  return found?.[0] ?? 'is_zip'
}

/**
 * Damage further down costs only those records. A file of only NULs is unwritten disk space, not a
 * file of another program.
 */
function isBinary(bytes: Buffer): boolean {
  const start = bytes.subarray(0, LOOKED_AT)
  const found = start.filter(isNoText)
  const nuls = found.filter((byte) => byte === 0).length
  if (nuls === start.length) return false
  const isFull = (count: number) => count > start.length * BINARY_SHARE
  const [firstLine = ''] = start.toString('latin1').split('\n', 1)
  return (
    (isFull(nuls) && firstLine.includes('\0')) ||
    (isFull(found.length) && new Set(found).size >= BINARY_KINDS)
  )
}

/** All control characters but tab, line ends, page ends, the old end of a file, and escape. */
function isNoText(byte: number): boolean {
  return byte < 0x09 || (byte > 0x0d && byte < 0x1a) || (byte > 0x1b && byte < 0x20)
}

function textKind(bytes: Buffer): FileProblem | undefined {
  const start = bytes.toString('utf8', 0, LOOKED_AT).replace(/^\ufeff/, '')
  if (MARKUP.test(start)) return 'is_markup'
  return JSON_START.test(start) ? 'is_json' : undefined
}
