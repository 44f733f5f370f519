import type { PROBLEMS_OF_UPLOADS } from '../../../domain/words/problems-of-uploads.ts'

/** Por qué no se acepta un archivo subido, o ya no sirve. */
export const problemsOfUploads: Record<keyof typeof PROBLEMS_OF_UPLOADS, string> = {
  no_upload: 'No se eligió ningún archivo; elija uno y súbalo.',
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
}
