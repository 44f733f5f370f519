import type { MessageCode } from '../../../domain/words/messages.ts'

/** About single records. */
export const messagesOfRecords: Record<Extract<MessageCode, `TLY-3${string}`>, string> = {
  'TLY-3001': 'El valor «{value}» no corresponde al tipo {type}; este admite {form}.',
  'TLY-3002': 'El campo no puede estar vacío.',
  'TLY-3003': 'Una regla de la tabla no permite el registro: {detail}.',
  'TLY-3004': 'Otra fila de la tabla tiene el mismo valor único: {detail}.',
  'TLY-3005': 'El registro hace referencia a una fila que no existe: {detail}.',
  'TLY-3006':
    'No se puede buscar el registro, pues están vacíos estos campos de su clave: {fields}.',
  'TLY-3007': 'La clave {key} ya apareció antes en el mismo origen.',
  'TLY-3008': 'La clave {key} ya existe en la base de datos.',
  'TLY-3009': 'La clave {key} se encuentra en varias filas de la tabla.',
  'TLY-3010':
    'El valor tiene {length} {length:carácter|caracteres}; se {limit:permite|permiten} {limit}.',
  'TLY-3011': 'La base de datos ha rechazado el registro: {detail}.',
  'TLY-3012':
    'Otras filas de la base de datos hacen referencia a la de este registro{by}; cámbielas o elimínelas antes.',
  'TLY-3013':
    'Un disparador, una regla o una política de la tabla ha descartado el registro: no se ha hecho lo que pide.',
  'TLY-3014': 'Un disparador de la tabla ha cambiado el valor «{given}» por «{stored}».',
  'TLY-3015':
    'Junto con el registro, disparadores o claves externas han cambiado otras filas de la tabla, o la suya otra vez: {inserted} insertadas, {updated} actualizadas, {deleted} eliminadas.',
  'TLY-3016':
    'La propia tabla descarta un registro así por una de sus reglas (ON CONFLICT IGNORE): {detail}.',
  'TLY-3017': 'Una regla de la tabla no permite el registro junto a otra fila: {detail}.',
  'TLY-3020':
    'El número {given} no se puede guardar con exactitud; el más cercano posible es {stored}.',
  'TLY-3021': 'El tipo de la columna convierte el valor «{given}» en el número {stored}.',
  'TLY-3022': 'El valor «{value}» tiene más decimales de segundo que los {limit} de la columna.',
  'TLY-3023': 'El tipo {type} de la columna recortaría el valor «{value}».',
  'TLY-3024': 'El valor tiene {length} {length:byte|bytes}; se {limit:permite|permiten} {limit}.',
  'TLY-3030': 'El campo necesita un valor.',
  'TLY-3031': 'El valor «{value}» no sigue el patrón {wanted}.',
  'TLY-3032': 'El valor «{value}» es menor que {wanted}.',
  'TLY-3033': 'El valor «{value}» es mayor que {wanted}.',
  'TLY-3034': 'El valor «{value}» no es ninguno de {wanted}.',
  'TLY-3035': 'El valor «{value}» no existe en la columna {column} de la tabla {table}.',
  'TLY-3040': 'El valor «{value}» no se puede leer en el formato del campo{as_in}.',
  'TLY-3041': 'El valor «{value}» no está en la lista de valores del campo{of_words}.',
  'TLY-3042': 'El valor de este campo estaba enmascarado; escríbalo de nuevo.',
  'TLY-3043': 'La expresión del campo falla: {detail}.',
  'TLY-3044': 'Las expresiones de este registro no terminan en {seconds} segundos.',
  'TLY-3060':
    'Hay {count} {count:mensaje|mensajes} más sobre el mismo registro; solo se conservan los primeros.',
}
