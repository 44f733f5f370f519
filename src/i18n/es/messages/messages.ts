import type { MessageCode } from '../../../domain/words/messages.ts'
import { messagesOfFailures } from './messages-of-failures.ts'
import { messagesOfRecords } from './messages-of-records.ts'

export const messages: Record<MessageCode, string> = {
  'TLY-1001': 'Se ha creado el trabajo.',
  'TLY-1002': 'Se ha pedido el inicio.',
  'TLY-1003': 'Se ha pedido la pausa.',
  'TLY-1004': 'Se ha pedido la cancelación.',
  'TLY-1005': 'El ejecutor {worker} ejecuta el trabajo.',
  'TLY-1006': 'El trabajo está en pausa.',
  'TLY-1007': 'El trabajo está cancelado. Lo que se ha escrito se conserva.',
  'TLY-1008': 'El trabajo ha finalizado. Registros procesados: {processed}; rechazos: {rejects}.',
  'TLY-1009': 'Un apagado ha interrumpido la ejecución; continuará por sí sola.',
  'TLY-1010': 'El trabajo continúa tras el apagado en cuanto haya un ejecutor libre.',
  'TLY-1011': 'La ejecución continúa tras el registro {record}, en el byte {offset}.',
  'TLY-1012':
    'El ejecutor {worker} no da señales de vida desde hace {seconds} s y se ha dado por perdido.',
  'TLY-1013': 'Columnas que se importan: {mapped}. Se omiten: {left_out}.',
  'TLY-1014': 'Se ha creado el índice {index} en la tabla {table} ({columns}).',
  'TLY-1015': 'Se ha creado la tabla {table} con las columnas {columns}.',
  'TLY-1016': 'Es una simulación: no se escribe nada en la tabla.',
  'TLY-1017': 'Registro {record}: {outcome}.',
  'TLY-1018': 'El trabajo {from} se ejecuta de nuevo como trabajo {job}.',
  'TLY-1019': 'La etiqueta se ha cambiado de «{from}» a «{to}».',
  'TLY-1020': 'El trabajo {from} se ha copiado como trabajo {job}.',
  'TLY-1021': 'La descripción se ha cambiado.',
  'TLY-1022':
    'El archivo se lee como {encoding}, con el delimitador «{delimiter}». Sus columnas: {columns}.',
  'TLY-1023': 'La especificación se ha cambiado.',
  'TLY-1024':
    'El registro en cuestión es el {record}, el primero a partir de la línea {line}, byte {offset}.',
  'TLY-1025': 'Los registros en cuestión son los del {from} al {to}.',
  'TLY-1026':
    '{count} {count:registro espera|registros esperan} a otros del archivo; ahora se {count:intenta|intentan} de nuevo.',
  'TLY-1028': 'La tabla {table} estaba vacía.',
  'TLY-1030':
    'A partir del registro {record}, primero en la columna {column}, hay texto que no es UTF-8 válido; se escribió tal como está en la tabla, y una importación lo rechaza.',
  'TLY-1031':
    'Una importación en la misma tabla rechazaría o cambiaría valores de la columna {column}, primero en el registro {record}: {value}.',
  'TLY-1032': 'Columnas que la tabla calcula por sí misma y que no se toman: {columns}.',
  'TLY-1033': 'Se omiten las columnas que añadió una exportación de rechazos.',
  'TLY-1034':
    'La columna {column} es NULL, primero en el registro {record}; una importación pone ahí el valor predeterminado de la tabla, salvo que {column} figure en --empty-overwrites.',
  'TLY-1035':
    'El archivo no muestra por sí mismo su delimitador; una importación debe indicarlo: --delimiter "{delimiter}".',
  'TLY-1036':
    'Una simulación no lo deshace todo. Secuencias cuyos números se gastan: {sequences}. Disparadores que se activan: {triggers}.',
  'TLY-1037':
    'La seguridad a nivel de fila de la tabla {table} puede ocultar filas al usuario de la base de datos. Esas filas cuentan como si no estuvieran: no se exportan, ni se encuentran, ni se cambian, aunque sus valores únicos impiden que entren registros.',
  'TLY-1040':
    'Columnas del archivo que no rellenan ningún campo de la tabla y se omiten: {columns}. Indique qué campo recibe cada una: --map columna=campo.',
  'TLY-1041':
    'De las {found} columnas del archivo, {dropped} no {dropped:rellena|rellenan} ningún campo de la tabla y se {dropped:omite|omiten}: {columns}. Indique qué campo recibe cada una: --map 3=campo.',
  'TLY-1042':
    'No ha entrado nada en la tabla {table}, que este trabajo había creado; se ha vuelto a quitar.',
  'TLY-1043': 'Se inicia a las {time}, no antes.',
  'TLY-1044': 'El trabajo {job} prueba el trabajo {from} en una simulación.',
  'TLY-1045': 'El trabajo se ha guardado como la plantilla «{name}».',
  'TLY-1046':
    'Solo se escribe lo que ha cambiado desde el trabajo {job}: {field} de {after} a {up_to}.',
  'TLY-1047':
    'Se escriben todas las filas, {field} hasta {up_to}: ninguna ejecución de la misma plantilla ha finalizado con la misma tabla, condiciones y columnas.',
  'TLY-1048':
    'Las filas cuyo {field} es posterior a {up_to} se dejan para una ejecución posterior: sigue abierta una transacción que empezó antes, o su hora aún no ha llegado.',
  'TLY-1049':
    'Hay transacciones abiertas de otros usuarios de la base de datos, y no se ve cuándo empezaron: lo que pongan en {field} antes de terminar puede no estar en ninguna ejecución. Conceda pg_read_all_stats al usuario de Tallyman.',
  'TLY-1050': 'La tabla se ha cambiado de {from} a {to}.',
  'TLY-1060':
    'El trabajo {job} importa {count} {count:rechazo corregido|rechazos corregidos} del trabajo {from}.',
  'TLY-1061':
    'El trabajo {job} ha terminado: {repaired} {repaired:rechazo está reparado|rechazos están reparados} y {open} {open:vuelve a estar pendiente|vuelven a estar pendientes}.',
  'TLY-1062': '{count:Se ha apartado|Se han apartado} {count} {count:rechazo|rechazos}: {reason}',
  'TLY-1063':
    '{count} {count:rechazo apartado vuelve a estar pendiente|rechazos apartados vuelven a estar pendientes}.',
  'TLY-1070':
    'La base de datos interrumpió la ejecución, que continúa en el último punto de control. {detail}',
  'TLY-1100':
    'Comillas: {quote}; escape: {escape}; fines de registro: {record_end}. Encajan peor: la codificación {encodings}, el delimitador {delimiters}.',
  'TLY-1101':
    'La codificación del archivo es una suposición: {encoding}; también podría ser {others}. Mire sus textos y, si no son correctos, impórtelo otra vez con --encoding.',
  'TLY-1102':
    'El delimitador del archivo es una suposición: {delimiter}; también podría ser {others}. Si las columnas no son correctas, impórtelo otra vez con --delimiter.',
  'TLY-1103': 'Las líneas que empiezan por {comment} no son registros y cuentan como vacías.',
  'TLY-1105':
    '{encoding} no tiene ningún carácter para «{value}», en la columna {column}, por primera vez en el registro {record}; en su lugar hay un signo de interrogación.',
  'TLY-1106':
    'Se ha puesto un apóstrofo ante los valores de la columna {column} que una hoja de cálculo ejecutaría como fórmulas, por primera vez en el registro {record}: {value}.',
  'TLY-1107':
    'El archivo no muestra por sí mismo su codificación; al importarlo hay que indicarla: --encoding {encoding}.',
  'TLY-1108':
    'Columna «{column}»: el valor «{value}» del registro {record} no se puede escribir en el formato de la columna, y queda en el archivo como está; puede que no sea el único.',
  'TLY-1120':
    'Según los primeros {count} registros, cuyos valores se pueden devolver todos tal como son, estas columnas tienen un tipo: {typed}. Las demás son textos.',
  'TLY-1121':
    'Estas columnas parecen números y son textos, porque un número se devolvería de otra forma: {columns}.',
  'TLY-1122':
    'A partir del registro {record} hay valores de otra forma: la tabla {table} se ha creado de nuevo con {columns}. Sus filas son las mismas.',
  'TLY-1123':
    'Hay valores posteriores a los primeros registros que no caben en los tipos de {columns}; otro ya usa la tabla {table}, que queda como está, y los registros con esos valores se rechazan.',
  'TLY-1124':
    '{count} {count:línea está|líneas están} por encima del encabezado y se {count:ha|han} saltado: {text}. Si el encabezado es la primera línea: --header-lines 1.',
  'TLY-1125':
    'El archivo no tiene encabezado: su primera línea es como las demás. Sus columnas se llaman {columns}. Si lo tiene: --header-lines 1.',
  'TLY-1126':
    'El encabezado tiene {names} nombres y los registros tienen {columns} columnas: se han dejado fuera los nombres en blanco.',
  'TLY-1127':
    'Tras el último nombre cada registro tiene {dropped} {dropped:campo vacío, que se ha|campos vacíos, que se han} dejado fuera. Si los nombres no están sobre sus columnas: --skip 1 --columns a,b,…',
  'TLY-1128':
    'El encabezado tiene {names} nombres y los registros tienen {columns} columnas; las que no tienen nombre se llaman {added}. Si los nombres no están sobre sus columnas: --skip 1 --columns a,b,…',
  'TLY-1129':
    'El encabezado está dañado. Sus nombres se han leído como {names}. Si son otros: --skip 1 --columns a,b,…',
  'TLY-1130': 'Se {count:ha|han} saltado {count} {count:línea|líneas} al principio del archivo.',
  'TLY-1131':
    'Se {count:ha|han} dejado fuera {count} {count:registro|registros} del final del archivo, a partir de la línea {line}.',
  'TLY-1132':
    'Desde la línea {line} hasta el final, el archivo tiene registros de {found} {found:columna|columnas} en vez de {expected}: se {count:ha|han} rechazado {count}. Quizá empieza ahí otra tabla.',
  'TLY-1133': 'El archivo {path} está vacío: no se ha leído nada.',
  'TLY-1134':
    'Las filas que solo tienen NULL, la primera en el registro {record}, son líneas que solo tienen delimitadores; una importación las cuenta como vacías.',
  'TLY-1140': 'Se lee como JSON Lines en UTF-8; columnas: {columns}.',
  'TLY-1141':
    'El nombre {name} aparece por primera vez en el registro {record}, en la línea {line}: ningún registro del principio lo tiene, así que no es una columna y sus valores se dejan fuera. Para importarlos, nombre todas las columnas (--columns).',
  'TLY-1142':
    'Más de {count} nombres aparecen después de los registros del principio: los demás se dejan fuera sin un mensaje propio.',
  'TLY-1143':
    'La lectura terminó con el registro {record}, como se pidió; lo que sigue en el archivo no se cuenta.',
  'TLY-1145': 'Archivo {number} de {count}: {path}.',
  'TLY-1146': 'A partir del registro {record}, los registros son los del archivo {path}.',
  'TLY-1147': 'Columnas de {path} que el primer archivo no tiene y no llenan nada: {columns}.',
  'TLY-2001': 'Hay comillas dentro de un valor que no empieza con ellas.',
  'TLY-2002': 'Hay texto tras las comillas de cierre de un valor.',
  'TLY-2003': 'El registro tiene {found} {found:columna|columnas} en lugar de {expected}.',
  'TLY-2004': 'Se abren unas comillas que no se cierran.',
  'TLY-2005':
    'El registro no es texto {encoding} válido: el primer byte dudoso, {byte}, es el número {place} del registro. Si todo el archivo está escrito así, pruebe --encoding {hint}.',
  'TLY-2006': 'El registro ocupa más de {limit} bytes.',
  'TLY-2007': 'El registro contiene un byte NUL.',
  'TLY-2020':
    'El registro tiene el valor «{value}» en la columna {column}, tras la última que tiene nombre.',
  'TLY-2021': 'La línea es otra vez el encabezado.',
  'TLY-2030': 'La línea no es JSON válido: el error está en el carácter {place}.',
  'TLY-2031': 'La línea es JSON válido, pero no un objeto.',
  'TLY-2032': 'El objeto tiene el nombre {name} dos veces; no se sabe qué valor es el bueno.',
  'TLY-2033': 'El valor de {name} contiene medio carácter (un sustituto suelto), que no es texto.',
  'TLY-2034':
    'El valor de {name} contiene un carácter NUL (\\u0000), que ningún texto de la tabla admite.',
  ...messagesOfRecords,
  ...messagesOfFailures,
}
