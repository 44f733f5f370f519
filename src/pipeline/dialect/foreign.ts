import { UnusableError } from '../../domain/errors.ts'
import type { ImportSpecification } from '../../domain/specification.ts'
import type { FileProblem } from '../../domain/problems-of-files.ts'

/** What files that are no delimited text begin with, in Latin-1. */
const SIGNATURES: readonly [FileProblem, ...string[]][] = [
  ['is_workbook', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['is_pdf', '%PDF-'],
  ['is_image', '\x89PNG\r\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'II*\0', 'MM\0*'],
  ['is_packed', 'BZh', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd', '7z\xbc\xaf\x27\x1c', 'Rar!\x1a\x07'],
  ['is_parquet', 'PAR1'],
  ['is_database_file', 'SQLite format 3\0'],
  ['is_utf_32', '\xff\xfe\0\0', '\0\0\xfe\xff'],
]
const LOOKED_AT = 2048
const ZIP = 'PK\x03\x04'
const IN_WORKBOOKS = ['xl/', '[Content_Types].xml', 'mimetypeapplication/vnd.oasis']

const MARKUP = /^\s*<(\?xml|!doctype|html)/i
/** What a record cannot begin with by chance: an object, or a list of them. */
const JSON_START = /^\s*(\{\s*"|\[\s*[{[\]]|\{\s*\}|\{\s*$)/

/** @throws UnusableError where the file is of a kind that has programs of its own to be read with */
export function requireText(
  bytes: Buffer,
  { path, delimiter }: Pick<ImportSpecification, 'path' | 'delimiter'>,
): void {
  const problem = binaryKind(bytes) ?? (delimiter === null ? textKind(bytes) : undefined)
  if (problem !== undefined) throw new UnusableError({ problem, path })
}

/** What the bytes look like, where that is no delimited text. */
export function foreignKind(bytes: Buffer): FileProblem | undefined {
  return binaryKind(bytes) ?? textKind(bytes)
}

function binaryKind(bytes: Buffer): FileProblem | undefined {
  const start = bytes.toString('latin1', 0, LOOKED_AT)
  if (start.startsWith(ZIP)) {
    return IN_WORKBOOKS.some((name) => start.includes(name)) ? 'is_workbook' : 'is_zip'
  }
  const found = SIGNATURES.find(([, ...marks]) => marks.some((mark) => start.startsWith(mark)))
  return found?.[0]
}

/** Who names a delimiter has looked at the file. */
function textKind(bytes: Buffer): FileProblem | undefined {
  const start = bytes.toString('utf8', 0, LOOKED_AT).replace(/^\ufeff/, '')
  if (MARKUP.test(start)) return 'is_markup'
  return JSON_START.test(start) ? 'is_json' : undefined
}
