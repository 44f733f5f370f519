import type { FormatName } from '../../domain/formats/formats.ts'
import type { FormatProblem } from '../../domain/words/problems-of-files.ts'

/** The formats by their names. */
export const formats: Record<FormatName, string> = {
  delimited: 'Delimited text',
  json_lines: 'JSON Lines',
}

/** What can be read, and what can be written, in the help of the command line. */
export const FORMATS_READ = 'delimited text (CSV, TSV, …) or JSON Lines'
export const FORMATS_WRITTEN = 'delimited text or JSON Lines (.jsonl)'

export const problemsOfFiles: Record<FormatProblem, string> = {
  is_workbook:
    'The file {path} is a workbook (Excel or LibreOffice) and no delimited text; save the sheet as CSV (UTF-8) and import that.',
  is_zip: 'The file {path} is a zip archive; unpack it and import the file that is in it.',
  is_json:
    'The file {path} holds JSON and no delimited text; name the format json_lines if each line is an object of its own, convert it to CSV, or name a delimiter if it is one.',
  is_markup:
    'The file {path} holds XML or HTML and no delimited text; convert it to CSV, or name a delimiter if it is one.',
  is_pdf: 'The file {path} is a PDF document; export its table as CSV and import that.',
  is_image: 'The file {path} is an image; there is no text in it to import.',
  is_packed:
    'The file {path} is packed in a way that is not read here; unpack it, or pack it with gzip.',
  is_parquet: 'The file {path} is in the Parquet format; convert it to CSV and import that.',
  is_database_file:
    'The file {path} is an SQLite database; export a table of it as CSV and import that.',
  is_data_file:
    'The file {path} is a data file of another program (Arrow, ORC, Avro, Access, SPSS or the like); export it there as CSV and import that.',
  is_document:
    'The file {path} is a document (Word or the like); put its table into a spreadsheet, save that as CSV (UTF-8) and import it.',
  is_media: 'The file {path} is sound or video; there is no text in it to import.',
  is_program: 'The file {path} is a program; there is nothing in it to import.',
  is_binary:
    'The file {path} is not text: it is full of bytes that no text has. Export its data as CSV from the program that wrote it; if it is UTF-16, name its encoding: utf-16le or utf-16be.',
  is_utf_32: 'The file {path} is written in UTF-32, which is not read; convert it to UTF-8.',
  file_twice: 'The file {path} is named twice. Name each file once.',
  stream_among_files: 'Standard input (-) is imported by itself. Name files, or - alone.',
  other_format:
    '{path} is {found}, but {first} is {format}. Import files of one format as one job, and the others by themselves.',
  lacks_columns:
    '{path} has no column for {columns}, which {first} has. Name the columns alike in all files, or import {path} by itself.',
  no_json_lines:
    'No line at the beginning of the file {path} is a JSON object, as JSON Lines has one on each line; name another format, or convert the file.',
  not_for_format:
    'The option {option} means nothing to the format {format}; leave it out, or choose another format.',
  name_twice:
    'The column {name} is chosen twice, and an object of JSON cannot have a name twice; choose it once.',
}

/** Where a file is uploaded. */
export const uploads = {
  title: 'Upload a file',
  further: 'Upload further files of this import',
  file: 'File on this computer, or several of one format',
  hint: 'At most {limit} each; several are one import.',
  resumes: 'An upload that is interrupted goes on when the same file is chosen again.',
  send: 'Upload and go on',
  stop: 'Stop the upload',
  progress: '{percent} uploaded',
  waiting: 'The server cannot be reached; the upload goes on by itself when it can.',
  tooLarge: 'The file is larger than {limit}. Compress it with gzip, or divide it.',
  failed: 'The upload failed; choose the file and upload it again.',
  source: 'Download the source',
}

/** Which rows an export writes. */
export const rows = {
  field: 'Field of condition {n}',
  and: 'and',
  or: 'or',
  operator: 'Comparison of condition {n}',
  value: 'Value of condition {n}',
  operators: {
    is: 'is',
    is_not: 'is not',
    contains: 'contains',
    begins_with: 'begins with',
    ends_with: 'ends with',
    less: 'is less than',
    at_most: 'is at most',
    more: 'is more than',
    at_least: 'is at least',
    is_empty: 'is empty',
    is_filled: 'is filled',
  },
}

/** How a file writes values that an import reads. */
export const readFormats = {
  dmy: 'day first: 31/12/2026',
  mdy: 'month first: 12/31/2026',
  ymd: 'year first: 2026/12/31',
  decimal_comma: 'decimal comma: 1.234,50',
  decimal_point: 'decimal point: 1,234.50',
  percent: 'percent: 12,5 %',
  percent_point: 'percent: 12.5 %',
  yes_no: 'yes, no, sí, no',
  excel_date: 'number of Excel: 46387',
  epoch: 'seconds since 1970',
  epoch_ms: 'milliseconds since 1970',
}

/** What is asked where values could be read in several ways. */
export const unclearFormats = {
  dates_unclear: 'Day or month first? The dates do not tell.',
  day_or_year_unclear: 'Day or year first? The dates do not tell.',
  month_or_year_unclear: 'Month or year first? The dates do not tell.',
  orders_unclear: 'Day, month or year first? The dates do not tell.',
  numbers_unclear: 'Point or comma for decimals? The numbers do not tell.',
}

/** How an export writes values. */
export const valueFormats = {
  asItIs: 'as in the table',
  own: 'as specified',
  years: 'Two-digit years: {years}.',
  yearIs: '{written} is {year}',
  pivot: 'From',
  pivotTo: 'to {year}',
  pivotOf: 'First year that two digits of {name} can mean',
  currency: 'Currency',
  currencyOf: 'Currency of {name}',
  more: 'List of values…',
  moreOfNumber: 'Currency, list of values…',
  valuesHint: 'value = as it is written',
  valuesOf: 'Values of {name}, one a line: value = as it is written',
  formats: {
    dmy: 'day first: 31/12/2026',
    dmy_dots: 'day first, with points: 31.12.2026',
    mdy: 'month first: 12/31/2026',
    ymd: 'year first: 2026/12/31',
    dmy_two: 'day first, short year: 31/12/26',
    dmy_short_en: 'month in English: 31-Dec-2026',
    dmy_short_es: 'month in Spanish: 31-dic-2026',
    dmy_long_en: 'month in English: 31 December 2026',
    dmy_long_es: 'month in Spanish: 31 diciembre 2026',
    plain_comma: 'decimal comma: 1234,50',
    decimal_comma: 'thousands and decimal comma: 1.234,50',
    decimal_point: 'thousands and decimal point: 1,234.50',
    currency_comma: 'currency: 1.234,50 €',
    currency_point: 'currency: $1,234.50',
    percent: 'percent: 12,5 %',
    yes_no: 'in words: yes, no',
    si_no: 'in words: sí, no',
    excel_date: 'number of Excel: 46387',
    epoch: 'seconds since 1970',
    epoch_ms: 'milliseconds since 1970',
  },
}
