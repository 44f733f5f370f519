import type { FormatName } from '../../domain/specification/formats.ts'
import type { FileProblem } from '../../domain/words/problems-of-files.ts'

/** The formats by their names. */
export const formats: Record<FormatName, string> = {
  delimited: 'Texto delimitado',
}

/** What can be read, and what can be written, in the help of the command line. */
export const FORMATS_READ = 'texto delimitado (CSV, TSV, …)'
export const FORMATS_WRITTEN = 'texto delimitado'

export const problemsOfFiles: Record<FileProblem, string> = {
  is_workbook:
    'El archivo {path} es un libro de cálculo (Excel o LibreOffice), no texto delimitado; guarde la hoja como CSV (UTF-8) e impórtela.',
  is_zip: 'El archivo {path} es un archivo zip; descomprímalo e importe el archivo que contiene.',
  is_json:
    'El archivo {path} contiene JSON, no texto delimitado; conviértalo a CSV, o indique un delimitador si lo es.',
  is_markup:
    'El archivo {path} contiene XML o HTML, no texto delimitado; conviértalo a CSV, o indique un delimitador si lo es.',
  is_pdf: 'El archivo {path} es un documento PDF; exporte su tabla como CSV e impórtela.',
  is_image: 'El archivo {path} es una imagen; no contiene texto que importar.',
  is_packed:
    'El archivo {path} está comprimido de un modo que aquí no se lee; descomprímalo o comprímalo con gzip.',
  is_parquet: 'El archivo {path} está en formato Parquet; conviértalo a CSV e impórtelo.',
  is_database_file:
    'El archivo {path} es una base de datos SQLite; exporte una tabla suya como CSV e impórtela.',
  is_data_file:
    'El archivo {path} es un archivo de datos de otro programa (Arrow, ORC, Avro, Access, SPSS o similar); expórtelo desde allí como CSV e impórtelo.',
  is_document:
    'El archivo {path} es un documento (Word o similar); pase su tabla a una hoja de cálculo, guárdela como CSV (UTF-8) e impórtela.',
  is_media: 'El archivo {path} es sonido o vídeo; no contiene texto que importar.',
  is_program: 'El archivo {path} es un programa; no contiene nada que importar.',
  is_binary:
    'El archivo {path} no es texto: está lleno de bytes que ningún texto tiene. Exporte sus datos como CSV desde el programa que lo escribió; si es UTF-16, indique su codificación: utf-16le o utf-16be.',
  is_utf_32: 'El archivo {path} está escrito en UTF-32, que no se lee; conviértalo a UTF-8.',
}
