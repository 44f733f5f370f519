import type { ProblemKey } from '../../../domain/words/problems.ts'
import { problemsOfDatabases } from './problems-of-databases.ts'
import { problemsOfSteps } from './problems-of-steps.ts'
import { problemsOfTemplates } from './problems-of-templates.ts'
import { problemsOfUploads } from './problems-of-uploads.ts'
import { problemsOfVerify } from './problems-of-verify.ts'
import { problemsOfSpecifications } from './problems-of-specifications.ts'
import { problemsOfFiles } from '../files.ts'

export const problems: Record<ProblemKey, string> = {
  ...problemsOfDatabases,
  ...problemsOfVerify,
  ...problemsOfUploads,
  ...problemsOfSteps,
  ...problemsOfTemplates,
  ...problemsOfSpecifications,
  no_job: 'No existe el trabajo {id}; consulte la lista de trabajos.',
  wrong_status:
    'El trabajo {id} está en el estado «{status}»; «{act}» requiere el estado {allowed}.',
  claim_lost:
    'El trabajo {id} no está asignado a este ejecutor: se dio por perdido, o el trabajo se detuvo.',
  job_taken: 'Un ejecutor ya ha tomado el trabajo {id}.',
  job_deleted: 'El trabajo {id} se ha eliminado entretanto.',
  too_many_jobs: 'Se han elegido {count} trabajos; elija {limit} como máximo.',
  no_form: 'No se entiende el formulario; envíelo otra vez desde su página.',
  no_page: 'La dirección no corresponde a ninguna página de esta lista; empiece por la primera.',
  nothing_rejected: 'El trabajo {id} es una exportación; no rechaza nada.',
  nothing_read: 'El trabajo {id} aún no ha leído nada.',
  no_reject: 'No hay ningún mensaje sobre el registro {record}; vea la lista de rechazos.',
  repaired_elsewhere:
    'El trabajo {id} importa rechazos corregidos del trabajo {first}; los que ha rechazado vuelven a estar pendientes allí: repárelos en el trabajo {first}. Si ese está eliminado, exporte los rechazos, corrija el archivo e impórtelo.',
  repaired_already:
    'Ninguno de estos rechazos del trabajo {id} sigue pendiente: otra persona los ha reparado o apartado. No se ha importado nada.',
  dry_run_repaired:
    'El trabajo {id} era un ensayo: no se ha importado nada, así que no hay nada que reparar. Corrija el archivo o ejecute el trabajo de verdad y repare sus rechazos.',
  not_set_aside: 'Ninguno de estos rechazos del trabajo {id} sigue apartado.',
  no_reason: 'Diga por qué se apartan; el motivo se guarda con su nombre.',
  no_character_for:
    'La codificación del archivo, {encoding}, no tiene el carácter «{text}»: escríbalo de otro modo.',
  unreadable_left:
    'En el registro queda un carácter que no se pudo leer (�): sustitúyalo por el que debe ser.',
  value_not_writable:
    'El archivo no puede tener «{text}» en un valor: su dialecto no tiene comillas para ello. Escríbalo de otro modo.',
  too_long_here: 'Demasiado largo para corregirlo aquí: expórtelo y corríjalo en el archivo.',
  not_one_record: 'No es un solo registro: está vacío o sus líneas forman varios.',
  not_checked:
    'La regla o las correcciones no son las que se comprobaron, así que no se ha importado nada. Abajo está la comprobación de cómo son ahora.',
  nothing_fits: 'Ninguno de estos registros encaja todavía, así que no se ha importado nada.',
  nothing_picked: 'Marque los registros que quiere apartar.',
  repair_again:
    'El trabajo {id} importó rechazos corregidos del trabajo {first}, que solo pueden importarse una vez. Repare los que siguen pendientes en el trabajo {first}.',
  no_rejects_file: 'Para una hoja de cálculo hace falta un archivo: indíquelo con --export FILE.',
  no_job_number: '«{text}» no es el número de un trabajo; consulte la lista de trabajos.',
  no_names:
    '«{text}» debe ser una lista de nombres separados por comas, como a,b; el que contenga una va entre comillas dobles.',
  no_map: '«{text}» debe ser una columna y su campo, como columna=campo.',
  no_policy: '«{text}» debe ser un campo y warn, reject o stop, como campo=warn.',
  no_code:
    '«{text}» no es el código de ningún mensaje; tome uno de la lista de rechazos, como TLY-3001.',
  no_choice: 'Elija entre {choices}.',
  no_amount: 'Escriba un número entero, como 100.',
  not_between: 'Escriba un número entero del {from} al {to}.',
  not_one_character: 'Escriba un solo carácter que no sea un fin de línea.',
  no_separator: 'Escriba de uno a veinte caracteres, sin comillas dobles ni fines de línea.',
  no_record_end: 'Escriba de uno a veinte caracteres: lf, crlf u otros, como \\x1e.',
  no_null_text: 'Escriba un texto sin comillas dobles, fines de línea ni el delimitador.',
  no_bom: 'Solo UTF-8 y UTF-16 tienen marca de orden de bytes, no {encoding}; quítela.',
  no_character: '«{text}» no se puede escribir en {encoding}; elija otra codificación, como utf-8.',
  same_character: '«{text}» no puede ser dos cosas a la vez; elija otro carácter para una.',
  reserved_name: 'Los nombres que empiezan por tallyman_ o sqlite_ están reservados; elija otro.',
  field_twice: 'Un campo aparece dos veces; indíquelo una sola vez.',
  no_start_time: 'Indique una fecha y una hora futuras, como 2030-01-31 08:30.',
  no_columns: 'No hay ninguna columna marcada; marque al menos una.',
  no_value_yet:
    'La condición sobre {field} no tiene valor; escriba uno, o elija «está vacío» o «está relleno».',
  empty_part: 'No puede estar vacío.',
  too_long: 'Es demasiado largo; escriba {limit} caracteres como máximo.',
  nul_in_text: 'Contiene el carácter U+0000, que no se puede guardar; quítelo.',
  not_understood: 'No se entiende; escríbalo de otra manera.',
  no_key: 'La operación {operation} debe encontrar registros: indique su clave.',
  second_key_alone:
    'La segunda clave sirve a los registros cuya primera está vacía: indique también la primera.',
  header_twice:
    'Los nombres están en las líneas de encabezado o no están: indique solo --header-lines, solo --columns o solo --no-header.',
  no_file: 'No existe el archivo {path}; revise su nombre.',
  not_a_file: '{path} no es un archivo; indique el archivo que se importa.',
  no_encoding: 'No se conoce la codificación «{encoding}»; elija entre {choices}.',
  no_table:
    'La base de datos no tiene la tabla «{table}»; revise su nombre o haga que se cree (--create).',
  no_table_or_view: 'La base de datos no tiene la tabla o vista «{table}»; revise su nombre.',
  no_value_of_field:
    'El campo {field} no puede tener un valor como {value}; dé uno de su tipo, como 12.5 o 2026-12-31.',
  bytes_compared:
    'El campo {field} contiene bytes, que no se comparan; elija «está vacío» o «está relleno».',
  no_table_column: 'La tabla {table} no tiene la columna «{column}»; tiene {columns}.',
  no_file_column: 'El archivo no tiene la columna «{column}»; tiene {columns}.',
  is_view: '{table} es una vista y no se puede escribir en ella; indique una tabla.',
  view_without:
    'La vista {table} no admite {right}; indique una tabla, o cree en la vista un disparador INSTEAD OF {right}.',
  filled_twice:
    'Dos columnas del archivo rellenan el campo «{field}»; asigne o renombre una de ellas.',
  nothing_mapped:
    'Ninguna columna del archivo se llama como una de la tabla {table}: asígnelas a {columns}.',
  computed_field:
    'La tabla {table} calcula «{field}» por sí misma; asigne la columna a otro campo.',
  computed_key:
    'La tabla {table} calcula «{field}» por sí misma y no lo toma de ningún archivo, así que no puede ser la clave; elija otra.',
  key_not_filled: 'Ninguna columna del archivo rellena la clave «{field}»; rellenan {columns}.',
  delimiter_unknown:
    '«{delimiter}» no existe en {encoding}; indique otro carácter, u otra codificación.',
  damaged_header: 'No se puede leer el encabezado de la línea {line}. {reason}',
  long_header:
    'La línea {line} tiene {columns} columnas y {bytes} bytes de nombres; se leen {limit} columnas y {mostBytes} bytes de nombres como máximo. Revise el delimitador o divida el archivo.',
  ...problemsOfFiles,
  head_unclear:
    'Las primeras líneas del archivo se pueden leer de varias maneras: {lines} Diga cuál es la buena: --skip N si hay líneas por encima del encabezado, --header-lines 1 si la primera línea es el encabezado, --no-header si es un registro.',
  several_headers:
    'El archivo parece tener varias líneas de nombres: {lines} Únalas con --header-lines 2; si solo la primera es el encabezado: --header-lines 1; si está por encima del encabezado: --skip 1.',
  no_names_found:
    'La primera línea del archivo parece un registro y no un encabezado: {lines} Si lo es, llene los campos por orden con --no-header o nombre las columnas con --columns a,b,…; si es el encabezado: --header-lines 1.',
  header_width:
    'Hay {names} {names:nombre|nombres} para las columnas y los registros tienen {columns} {columns:columna|columnas}: {lines} Nombre usted cada columna con --columns a,b,… y salte un encabezado dañado con --skip 1.',
  nothing_in_file: 'El archivo {path} está vacío: no hay nada en él que importar.',
  empty_file: 'El archivo {path} está vacío; no se puede crear una tabla a partir de él.',
  table_rolls_back:
    'Una regla de la tabla {table} deshace el lote entero (ROLLBACK); cámbiela a ABORT.',
  table_refused: 'La base de datos no permite crear la tabla {table}: {detail}.',
  imported_before:
    'El mismo archivo ya entró en la tabla {table} con el trabajo {id} ({at}), y sin clave sus filas quedarían duplicadas. Para importarlo otra vez, añada --again.',
  foreign_key_mismatch:
    'Una clave externa de la tabla {child} remite a la tabla {parent} por {columns}, que allí no es único: cree un índice único en {parent} ({columns}) o elimine la clave externa.',
  function_missing:
    '{definition} llama a la función {name}, que solo existe en el programa que la creó; quítela o elija otra tabla.',
  collation_missing:
    '{definition} ordena según la intercalación {name}, que solo existe en el programa que la creó; quítela o elija otra tabla.',
  module_missing:
    'La tabla {table} necesita el módulo {name}, que solo existe en el programa que la creó; elija otra tabla.',
  double_quoted_text:
    '{definition} contiene el texto "{text}" entre comillas dobles, que son para nombres: ejecútelo de nuevo con comillas simples.',
  only_read:
    'La tabla {table} la mantiene la propia base de datos y solo se puede leer; indique otra.',
  no_right:
    'El usuario de la base de datos no tiene el permiso {right} sobre la tabla {table}; que lo otorgue su propietario.',
  no_right_of_schema:
    'El usuario de la base de datos no tiene el permiso {right} sobre el esquema {schema}, que la tabla {table} necesita; que lo otorgue su propietario.',
  no_right_of_sequence:
    'El usuario de la base de datos no tiene el permiso {right} sobre la secuencia {sequence}, que numera las filas de la tabla {table}; que lo otorgue su propietario.',
  table_unusable:
    'La base de datos no puede usar {table} tal como está definida: {detail}. Corríjalo primero.',
  no_folder: 'No existe la carpeta {path}; créela antes.',
  no_plain_file: '{path} no es un archivo normal y no debe reemplazarse; indique otro.',
  is_folder: '{path} es una carpeta; indique un archivo dentro de ella.',
  file_taken:
    'El trabajo {id} escribe el archivo {path} y aún no ha terminado; espere a que termine o indique otro archivo.',
  part_gone: '{part} ya no está o ha cambiado',
  came_meanwhile: 'entretanto otro archivo ha tomado este nombre',
  pipe_gone: 'era una tubería, que terminó con la orden; exporte de nuevo',
  pipe_closed: 'quien leía cerró la tubería',
  pipe_full: 'no hay sitio para él; haga sitio y exporte de nuevo',
  pipe_stopped: 'la orden se interrumpió y una tubería no se puede continuar; exporte de nuevo',
  output_taken: 'Las filas van a la salida estándar, que no admite además --json; quítelo.',
  pipe_used: 'El trabajo {id} usó la entrada o la salida estándar, ya cerrada; repita su orden.',
  input_cut: 'La entrada estándar no se leyó hasta el final, así que no se importó nada.',
  result_there: 'Ya existe un archivo {path}; indique otro, o añada --force.',
  slow_file:
    'El archivo {path} no se leyó a tiempo; inténtelo de nuevo o impórtelo con la línea de comandos: tallyman import.',
  not_in_inbox: 'Este archivo no está en una carpeta de entrada, o ya no; elija otro.',
  not_plain_name:
    'Escriba un nombre de archivo sencillo, como personas.csv: sin carpeta, sin \\ / : * ? " < > | y sin punto al principio.',
  file_there: 'Ya existe un archivo {name}; escriba otro nombre o marque «Reemplazar».',
  no_table_yet:
    'La base de datos no tiene la tabla «{table}»; revise su nombre o marque «Crear la tabla».',
  imported_already:
    'El mismo archivo ya entró en la tabla {table} con el trabajo {id} ({at}), y sin clave sus filas quedarían duplicadas.',
  no_result: 'El trabajo {id} no tiene archivo: solo lo tiene una exportación finalizada.',
  result_gone: 'El archivo {path} ya no está, o no como lo escribió el trabajo.',
  foreign_host:
    'Este servidor no responde por {host}; si el nombre es suyo, quien lo administra debe indicarlo en TALLYMAN_HOSTS.',
  several_hosts: 'La petición nombra varios servidores; indique uno solo.',
  foreign_form:
    'Este formulario venía de una página que no es de Tallyman, así que no se ha hecho nada. Vuelva atrás, cargue la página de nuevo e inténtelo otra vez; si no sirve, avise a quien administra Tallyman.',
  form_too_large: 'Lo enviado es demasiado grande: se aceptan {kilobytes} kB como máximo.',
  form_too_slow: 'Lo enviado no llegó en {seconds} s; envíelo de nuevo.',
  right_missing: 'No puede hacer esto: le falta el permiso «{right}»; pídalo a quien administra.',
  no_base_path: 'Escriba una ruta de letras, cifras y guiones, como /tallyman.',
  no_origins: 'Escriba orígenes separados por comas, como https://tally.example.',
  no_hosts: 'Escriba servidores separados por comas, como tally.example o 10.0.0.7:8080.',
  no_header_name: 'Escriba el nombre de una cabecera de petición, como X-Forwarded-User.',
  no_networks: 'Escriba direcciones y redes separadas por comas, como 10.0.0.7,10.1.0.0/16.',
  no_time_zone: 'Escriba el nombre de una zona horaria, como Europe/Madrid.',
  port_taken: 'Otro programa escucha en {host}, puerto {port}; elija otro puerto (--port).',
  port_forbidden:
    'El puerto {port} requiere permisos que no tiene; elija uno a partir del 1024 (--port).',
  no_host: 'Este equipo no tiene la dirección «{host}»; indique una de las suyas (--host).',
  clock_jumped:
    'No se purga ningún trabajo: el reloj marca {now}, pero la última hora fue {last}. Ponga en hora el reloj o, si es correcto, ejecute: tallyman jobs purge',
  many_to_purge:
    'No se purga ningún trabajo: se irían {due} de una vez, más de la décima parte de los terminados. Si deben irse, ejecute: tallyman jobs purge',
}
