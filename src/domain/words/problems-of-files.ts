/** Kinds of files that are not delimited text. Each is refused with advice what to do instead. */
export const PROBLEMS_OF_FILES = {
  is_workbook: { path: 'text' },
  is_zip: { path: 'text' },
  is_json: { path: 'text' },
  is_markup: { path: 'text' },
  is_pdf: { path: 'text' },
  is_image: { path: 'text' },
  is_packed: { path: 'text' },
  is_parquet: { path: 'text' },
  is_database_file: { path: 'text' },
  is_data_file: { path: 'text' },
  is_document: { path: 'text' },
  is_media: { path: 'text' },
  is_program: { path: 'text' },
  is_binary: { path: 'text' },
  is_utf_32: { path: 'text' },
  no_json_lines: { path: 'text' },
  not_for_format: { option: 'text', format: 'format' },
  name_twice: { name: 'text' },
  // An import of several files
  file_twice: { path: 'text' },
  stream_among_files: {},
  other_format: { path: 'text', found: 'format', first: 'text', format: 'format' },
  lacks_columns: { path: 'text', columns: 'text', first: 'text' },
} as const
export type FormatProblem = keyof typeof PROBLEMS_OF_FILES

/** Those that say what a file is, and no more. */
export type FileProblem = Exclude<
  FormatProblem,
  | 'not_for_format'
  | 'name_twice'
  | 'file_twice'
  | 'stream_among_files'
  | 'other_format'
  | 'lacks_columns'
>
