import type { MessageCode } from '../../../domain/words/messages.ts'

/** Why a job failed. */
export const messagesOfFailures: Record<Extract<MessageCode, `TLY-9${string}`>, string> = {
  'TLY-9001': 'El trabajo ha fallado por un error interno: {detail}.',
  'TLY-9002': 'El archivo {path} no existe o no se puede leer{on_host}.',
  'TLY-9003':
    'El archivo {path} se ha modificado, sustituido o borrado desde el inicio del trabajo; impórtelo con un trabajo nuevo.',
  'TLY-9004': 'El archivo {path} termina antes de tiempo.',
  'TLY-9005': 'No existe la tabla {table}.',
  'TLY-9006':
    'La tabla {table} ha cambiado desde el inicio del trabajo: sus columnas eran {before} y son {now}.',
  'TLY-9007':
    'Los primeros {count} registros se han rechazado todos; revise las columnas y el delimitador.',
  'TLY-9008': 'Se ha alcanzado el límite de este trabajo: {limit} {limit:rechazo|rechazos}.',
  'TLY-9009':
    'El campo {field} del registro {record} es erróneo, y el trabajo debe detenerse ante tal error.',
  'TLY-9010':
    'El disco está lleno. Libere espacio e inicie el trabajo de nuevo; continuará donde se detuvo.',
  'TLY-9011': 'El ejecutor ha muerto {times} veces tras el registro {record}.',
  'TLY-9012': 'El trabajo no se puede ejecutar tal como está especificado. {detail}',
  'TLY-9013': 'No se puede escribir el archivo {path}: {detail}.',
  'TLY-9014': 'El archivo {path} está dañado y no se puede leer más: {detail}.',
  'TLY-9015': 'El trabajo no ha podido continuar. {detail}',
}
