import type { FileProblem } from '../../domain/problems-of-files.ts'

export const problemsOfFiles: Record<FileProblem, string> = {
  is_workbook:
    'The file {path} is a workbook (Excel or LibreOffice) and no delimited text; save the sheet as CSV (UTF-8) and import that.',
  is_zip: 'The file {path} is a zip archive; unpack it and import the file that is in it.',
  is_json:
    'The file {path} holds JSON and no delimited text; convert it to CSV, or name a delimiter if it is one.',
  is_markup:
    'The file {path} holds XML or HTML and no delimited text; convert it to CSV, or name a delimiter if it is one.',
  is_pdf: 'The file {path} is a PDF document; export its table as CSV and import that.',
  is_image: 'The file {path} is an image; there is no text in it to import.',
  is_packed:
    'The file {path} is packed in a way that is not read here; unpack it, or pack it with gzip.',
  is_parquet: 'The file {path} is in the Parquet format; convert it to CSV and import that.',
  is_database_file:
    'The file {path} is an SQLite database; export a table of it as CSV and import that.',
  is_utf_32: 'The file {path} is written in UTF-32, which is not read; convert it to UTF-8.',
}
