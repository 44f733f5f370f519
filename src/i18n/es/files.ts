import type { uploads as ofUploads } from '../en/files.ts'
import type { FormatName } from '../../domain/formats/formats.ts'
import type { FormatProblem } from '../../domain/words/problems-of-files.ts'

/** The formats by their names. */
export const formats: Record<FormatName, string> = {
  delimited: 'Texto delimitado',
  json_lines: 'JSON Lines',
}

/** What can be read, and what can be written, in the help of the command line. */
export const FORMATS_READ = 'texto delimitado (CSV, TSV, …) o JSON Lines'
export const FORMATS_WRITTEN = 'texto delimitado o JSON Lines (.jsonl)'

export const problemsOfFiles: Record<FormatProblem, string> = {
  is_workbook:
    'El archivo {path} es un libro de cálculo (Excel o LibreOffice), no texto delimitado; guarde la hoja como CSV (UTF-8) e impórtela.',
  is_zip: 'El archivo {path} es un archivo zip; descomprímalo e importe el archivo que contiene.',
  is_json:
    'El archivo {path} contiene JSON y no texto delimitado; indique el formato json_lines si cada línea es un objeto, conviértalo a CSV o indique un delimitador si lo es.',
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
  file_twice: 'El archivo {path} se nombra dos veces. Nombre cada archivo una vez.',
  stream_among_files: 'La entrada estándar (-) se importa sola. Nombre archivos, o solo -.',
  other_format:
    '{path} es {found}, pero {first} es {format}. Importe en un trabajo los archivos de un mismo formato, y los demás por separado.',
  lacks_columns:
    '{path} no tiene ninguna columna para {columns}, que {first} sí tiene. Dé a las columnas el mismo nombre en todos los archivos, o importe {path} por separado.',
  no_json_lines:
    'Ninguna línea del principio del archivo {path} es un objeto JSON, como lo es cada línea en JSON Lines; indique otro formato o convierta el archivo.',
  not_for_format:
    'La opción {option} no significa nada para el formato {format}; quítela o elija otro formato.',
  name_twice:
    'La columna {name} está elegida dos veces, y un objeto JSON no puede tener un nombre dos veces; elíjala una vez.',
}

/** Donde se sube un archivo. */
export const uploads: typeof ofUploads = {
  title: 'Subir un archivo',
  further: 'Subir más archivos de esta importación',
  file: 'Archivo de este equipo, o varios de un mismo formato',
  hint: 'Como máximo {limit} cada uno; varios son una sola importación.',
  resumes: 'Una subida interrumpida continúa al elegir de nuevo el mismo archivo.',
  send: 'Subir y continuar',
  stop: 'Detener la subida',
  progress: '{percent} subido',
  waiting: 'No se puede llegar al servidor; la subida continuará sola cuando se pueda.',
  tooLarge: 'El archivo pasa de {limit}. Comprímalo con gzip o divídalo.',
  failed: 'La subida falló; elija el archivo y vuelva a subirlo.',
  source: 'Descargar el origen',
}

/** Which rows an export writes. */
export const rows = {
  field: 'Campo de la condición {n}',
  and: 'y',
  or: 'o',
  operator: 'Comparación de la condición {n}',
  value: 'Valor de la condición {n}',
  operators: {
    is: 'es',
    is_not: 'no es',
    contains: 'contiene',
    begins_with: 'empieza por',
    ends_with: 'termina en',
    less: 'es menor que',
    at_most: 'es como mucho',
    more: 'es mayor que',
    at_least: 'es al menos',
    is_empty: 'está vacío',
    is_filled: 'está relleno',
  },
}

/** How a file writes values that an import reads. */
export const readFormats = {
  dmy: 'día primero: 31/12/2026',
  mdy: 'mes primero: 12/31/2026',
  ymd: 'año primero: 2026/12/31',
  decimal_comma: 'coma decimal: 1.234,50',
  decimal_point: 'punto decimal: 1,234.50',
  percent: 'porcentaje: 12,5 %',
  percent_point: 'porcentaje: 12.5 %',
  yes_no: 'sí, no, yes, no',
  excel_date: 'número de Excel: 46387',
  epoch: 'segundos desde 1970',
  epoch_ms: 'milisegundos desde 1970',
}

/** What is asked where values could be read in several ways. */
export const unclearFormats = {
  dates_unclear: '¿Primero el día o el mes? Las fechas no lo dicen.',
  day_or_year_unclear: '¿Primero el día o el año? Las fechas no lo dicen.',
  month_or_year_unclear: '¿Primero el mes o el año? Las fechas no lo dicen.',
  orders_unclear: '¿Primero el día, el mes o el año? Las fechas no lo dicen.',
  numbers_unclear: '¿Punto o coma decimal? Los números no lo dicen.',
}

/** How an export writes values. */
export const valueFormats = {
  asItIs: 'como en la tabla',
  own: 'como se ha especificado',
  years: 'Años de dos cifras: {years}.',
  yearIs: '{written} es {year}',
  pivot: 'De',
  pivotTo: 'a {year}',
  pivotOf: 'Primer año que pueden ser dos cifras de {name}',
  currency: 'Moneda',
  currencyOf: 'Moneda de {name}',
  more: 'Lista de valores…',
  moreOfNumber: 'Moneda, lista de valores…',
  valuesHint: 'valor = como se escribe',
  valuesOf: 'Valores de {name}, uno por línea: valor = como se escribe',
  formats: {
    dmy: 'primero el día: 31/12/2026',
    dmy_dots: 'primero el día, con puntos: 31.12.2026',
    mdy: 'primero el mes: 12/31/2026',
    ymd: 'primero el año: 2026/12/31',
    dmy_two: 'primero el día, año corto: 31/12/26',
    dmy_short_en: 'mes en inglés: 31-Dec-2026',
    dmy_short_es: 'mes en español: 31-dic-2026',
    dmy_long_en: 'mes en inglés: 31 December 2026',
    dmy_long_es: 'mes en español: 31 diciembre 2026',
    plain_comma: 'coma decimal: 1234,50',
    decimal_comma: 'millares y coma decimal: 1.234,50',
    decimal_point: 'millares y punto decimal: 1,234.50',
    currency_comma: 'moneda: 1.234,50 €',
    currency_point: 'moneda: $1,234.50',
    percent: 'porcentaje: 12,5 %',
    yes_no: 'en palabras: yes, no',
    si_no: 'en palabras: sí, no',
    excel_date: 'número de Excel: 46387',
    epoch: 'segundos desde 1970',
    epoch_ms: 'milisegundos desde 1970',
  },
}
