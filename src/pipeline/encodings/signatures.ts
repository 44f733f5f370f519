import type { FileProblem } from '../../domain/words/problems-of-files.ts'

/** Magic numbers of a kind of file, in Latin-1: at the beginning or at a byte offset. */
type Signature = readonly [FileProblem, at: number, ...marks: string[]]

/** No text begins with these. */
export const SIGNATURES: readonly Signature[] = [
  ['is_pdf', 0, '%PDF-'],
  ['is_image', 0, '\x89PNG\r\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'II*\0', 'MM\0*'],
  ['is_image', 0, '\0\0\x01\0'],
  ['is_image', 8, 'WEBP'],
  ['is_image', 4, 'ftypheic', 'ftypheix', 'ftypmif1', 'ftypavif'],
  ['is_media', 4, 'ftyp'],
  ['is_media', 0, '\x1aE\xdf\xa3', 'fLaC\0'],
  ['is_packed', 0, '\xfd7zXZ\0', '\x28\xb5\x2f\xfd', '7z\xbc\xaf\x27\x1c', 'Rar!\x1a\x07'],
  ['is_packed', 0, 'BZh', '\x1f\x9d', '\x1f\xa0', '\x04\x22\x4d\x18', 'LZIP\x01', 'MSCF\0'],
  ['is_packed', 257, 'ustar'],
  ['is_parquet', 0, 'PAR1'],
  ['is_database_file', 0, 'SQLite format 3\0'],
  ['is_data_file', 0, 'ARROW1\0', 'Obj\x01', '\x89HDF', 'CDF\x01', 'CDF\x02', '<stata_dta>'],
  ['is_data_file', 4, 'Standard Jet DB', 'Standard ACE DB'],
  ['is_document', 0, '{\\rtf', '%!PS-Adobe'],
  ['is_program', 0, '\x7fELF', '\0asm', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe'],
  ['is_utf_32', 0, '\xff\xfe\0\0', '\0\0\xfe\xff'],
]

/** Text may begin with these too, so they count only with a NUL nearby. */
export const SHORT_SIGNATURES: readonly Signature[] = [
  ['is_program', 0, 'MZ'],
  ['is_image', 0, 'BM'],
  ['is_media', 8, 'WAVE', 'AVI '],
  ['is_media', 0, 'ID3', 'OggS', '\xff\xfb'],
  ['is_data_file', 0, 'ORC', 'PGDMP', '$FL2'],
  ['is_data_file', 8, 'DUCK'],
]

/** ZIP archives, by the names of files that they always contain and by their own extension. */
export const ZIP = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08']
export const IN_ZIPS: readonly [FileProblem, names: string[], ends: RegExp][] = [
  [
    'is_document',
    ['word/', 'ppt/', 'opendocument.text', 'opendocument.presentation'],
    /\.(doc|ppt)[xm]$|\.od[tp]$/i,
  ],
  [
    'is_workbook',
    ['xl/', '[Content_Types].xml', 'mimetypeapplication/vnd.oasis'],
    /\.xls[xmb]$|\.ods$/i,
  ],
]

/** The format of all Office programs before 2007. */
export const OLD_OFFICE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
export const OLD_DOCUMENT = /\.(doc|ppt|msg)$/i
