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

/** So far text and NULs are looked for. */
const LOOKED_AT = 2048
/** Of a file that is not text at all so many bytes are NUL; damaged text has a few. */
const BINARY_SHARE = 0.05

/** By a declaration, or by a first element with attributes or with another one in it. */
const MARKUP =
  /^\s*<(\?xml|!doctype|!--|html|[a-z][\w.-]*(:[\w.-]+)?(\s+[\w:.-]+\s*=|>(\r?\n\s*)?<[a-z]))/i
/** What a record cannot begin with by chance: an object, or a list of them. */
const JSON_START = /^\s*(\{\s*"|\[\s*[{[\]]|\{\s*\}|\{\s*$)/

/**
 * @param encoding in which the file is read: one of two bytes a character has NULs in any text
 * @param isSure somebody who looked at the file has said what kind of text it is
 * @throws UnusableError where the file is of a kind that has programs of its own to be read with
 */
export function requireText(
  bytes: Buffer,
  { path, ...asked }: Pick<ImportSpecification, 'path' | 'encoding'>,
  { encoding, isSure }: { encoding: Encoding; isSure: boolean },
): void {
  const problem =
    binaryKind(bytes, path) ??
    // Who names an encoding says that it is text, however damaged.
    (asked.encoding === null && !isUtf16(encoding) && isBinary(bytes) ? 'is_binary' : undefined) ??
    (isSure ? undefined : textKind(bytes))
  if (problem !== undefined) throw new UnusableError({ problem, path })
}

/** What the bytes look like, where that is none of the texts that can be read. */
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
 * Text may be damaged further down, which costs those records and no more. Nothing but NULs is what
 * a disk has where nothing was written, and no file of another program.
 */
function isBinary(bytes: Buffer): boolean {
  const start = bytes.subarray(0, LOOKED_AT)
  const [firstLine = ''] = start.toString('latin1').split('\n', 1)
  const nuls = start.filter((byte) => byte === 0).length
  const isMixed = nuls > start.length * BINARY_SHARE && nuls < start.length
  return isMixed && firstLine.includes('\0')
}

function textKind(bytes: Buffer): FileProblem | undefined {
  const start = bytes.toString('utf8', 0, LOOKED_AT).replace(/^\ufeff/, '')
  if (MARKUP.test(start)) return 'is_markup'
  return JSON_START.test(start) ? 'is_json' : undefined
}
