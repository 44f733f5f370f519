import type { PROBLEMS_OF_UPLOADS } from '../../../domain/words/problems-of-uploads.ts'

/** Por qué no se acepta un archivo subido, o ya no sirve. */
export const problemsOfUploads: Record<keyof typeof PROBLEMS_OF_UPLOADS, string> = {
  no_upload: 'No se eligió ningún archivo; elija uno y súbalo.',
  too_many_files: 'Son demasiados archivos para un trabajo: elija {limit} como máximo.',
  upload_too_large:
    'El archivo es demasiado grande: se aceptan {megabytes} MB como máximo. Comprímalo con gzip o divídalo.',
  upload_silent: 'No llegó nada más del archivo en {seconds} segundos; vuelva a subirlo.',
  upload_broken: 'El archivo no llegó entero; vuelva a subirlo.',
  upload_taken:
    'Otra ventana o petición está subiendo el mismo archivo; espere a que acabe, o elija el archivo de nuevo.',
  upload_incomplete: 'El archivo aún no está entero; suba el resto, o elíjalo de nuevo.',
  stored_file_gone: 'El archivo subido ya no se conserva; elíjalo y vuelva a subirlo.',
  source_not_kept:
    'Tallyman no guarda copia del archivo {path}, o ya no es como se importó; búsquelo donde estaba.',
  no_reject_columns:
    'El archivo {path} no termina en las columnas reject_line a reject_message, por las que se conoce un registro: tome el archivo de «Exportar rechazos» (jobs rejects ID --export ARCHIVO), corríjalo y deje en él esas columnas.',
  other_columns:
    'El archivo {path} tiene las columnas {found}, y los rechazos de este trabajo tienen {columns}: corrija el archivo de «Exportar rechazos» y deje sus columnas como están.',
  other_rejects:
    'El archivo {path} no tiene rechazos del trabajo {id}: sus líneas, motivos o claves son otros. Exporte los rechazos del trabajo {id} y corrija ese archivo.',
  all_settled:
    'Todos los rechazos del archivo {path} están ya reparados o apartados, así que no se ha importado nada. Los que siguen pendientes del trabajo {id} están en una nueva exportación de sus rechazos.',
  no_corrections:
    'El archivo {path} no tiene ningún registro que se pueda leer y que diga en reject_line y reject_record qué rechazo es: deje esas columnas como están.',
  corrected_twice:
    'El archivo {path} tiene el registro {record} dos veces, la segunda en la línea {line}: deje solo uno.',
  too_many_corrections:
    'El archivo {path} tiene más de {limit} registros, o demasiados bytes, para una reparación: divídalo.',
}
