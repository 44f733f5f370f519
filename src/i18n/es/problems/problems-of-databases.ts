import type { PROBLEMS_OF_DATABASES } from '../../../domain/words/problems-of-databases.ts'

/** What is wrong with a database, or with its address. */
export const problemsOfDatabases: Record<keyof typeof PROBLEMS_OF_DATABASES, string> = {
  no_database_kind:
    'La base de datos «{database}» es de un tipo desconocido; escriba sqlite: y una ruta, o postgres://servidor/nombre.',
  database_unusable: 'No se puede usar la base de datos {database}: {detail}.',
  no_database:
    'No existe la base de datos {database}; revise su nombre, pues solo serve, import y demo la crean.',
  is_database: '{path} es la propia base de datos; indique otro archivo.',
  path_there: 'Ya existe un archivo {path}; indique otro, o añada --replace.',
  no_backup_here:
    'PostgreSQL se copia con un programa propio, que pide la contraseña; ejecute: {command}',
  no_own_server: 'No hay PostgreSQL en esta máquina; ejecute npm ci, que trae uno, o instale uno.',
  no_move_into:
    'No se puede trasladar nada a {database}; escriba postgres://host/nombre tras --to.',
  move_unfinished:
    'Los trabajos de {source} se están trasladando a esta base de datos, que tiene una parte de ellos; ejecute otra vez el mismo "tallyman move", y después esto.',
  move_into_jobs:
    'La base de datos tras --to tiene trabajos o archivos propios; indique otra, u otro ?tallyman_schema=.',
  move_with_workers:
    'El ejecutor {worker} está activo; termine todos los servidores y ejecutores de ambas bases de datos, espere a que venza su plazo (15 segundos) y haga entonces el traslado.',
  move_with_begun:
    'Estos trabajos han empezado y no han terminado: {ids}. Lo que han escrito está en tablas que no se trasladan: déjelos terminar o cancélelos, y haga entonces el traslado.',
  move_differs:
    'La tabla {table} tiene {rows} filas, pero {copies} copias: alguien más ha escrito; termine todos los servidores de ambas bases de datos y ejecútelo de nuevo.',
  move_source_changed:
    'Alguien ha cambiado {source} durante el traslado; termine todos sus servidores y ejecútelo de nuevo: empieza desde el principio.',
  no_room: 'El disco está lleno; libere espacio e inténtelo de nuevo.',
  database_locked:
    'Otro programa mantiene bloqueada la base de datos; termínelo e inténtelo de nuevo.',
  database_read_only:
    'La base de datos es de solo lectura; dé permiso de escritura e inténtelo de nuevo.',
  database_damaged:
    'La base de datos está dañada; vea «tallyman verify» o tome su última copia de seguridad.',
  database_unreachable:
    'No se puede leer ni escribir la base de datos; revise su disco e inténtelo de nuevo.',
  database_newer:
    'Una versión más nueva de Tallyman ha cambiado esta base de datos ({migration}); inicie también aquí esa versión.',
  database_moved:
    'La base de datos {database}, o su archivo -wal o -shm, se movió, reemplazó o eliminó mientras se usaba; devuélvala a su sitio y empiece de nuevo.',
  name_ambiguous:
    'El nombre {table} puede ser cualquiera de estos: {tables}; escriba el que quiere decir, con sus comillas.',
  no_schema:
    'No hay un esquema {schema}; corrija el nombre {table}, o cree el esquema; una tabla con un punto en su propio nombre se escribe entre comillas.',
  name_too_long:
    'El nombre {name} tiene {length} bytes, y PostgreSQL guarda de un nombre {limit} como máximo; dé uno más corto.',
  no_schema_of_own:
    'La ruta de búsqueda no tiene un esquema para la tabla {table}; escriba uno delante de su nombre, como en public.{table}.',
  no_schema_in_path:
    'El search_path de la dirección indica el esquema {schema}, que no existe o que {user} no puede usar; corríjalo, o cree el esquema.',
  no_jobs_there:
    'La base de datos {database} existe, pero aún no tiene trabajos de Tallyman; revise su nombre y ?tallyman_schema=, pues solo serve, import y demo empiezan con una.',
  no_postgres_url:
    '{database} no es la dirección de una base de datos; escriba postgres://usuario@servidor/base, y los caracteres especiales de la contraseña como %40.',
  unknown_parameter:
    'La dirección de una base de datos no tiene el parámetro «{name}»; puede tener estos: {known}.',
  wrong_parameter:
    'El parámetro «{name}» de la dirección de la base de datos no admite ese valor; escríbalo como: {hint}.',
  server_away:
    'El servidor de la base de datos no responde o cerró la conexión; compruebe que está en marcha e inténtelo de nuevo.',
  server_short:
    'Al servidor de la base de datos le falta memoria, o llegó a un límite de su configuración; pregunte a quien lo administra y vuelva a intentarlo.',
  database_conflict:
    'Otros programas bloquean o escriben las mismas filas a la vez; inténtelo de nuevo.',
  statement_cancelled:
    'El servidor de la base de datos canceló una sentencia, por un plazo o porque alguien lo pidió; suba statement_timeout en la dirección de la base de datos e inténtelo de nuevo.',
  server_silent:
    'Ningún PostgreSQL responde en {host} ({detail}); compruebe que está en marcha y corrija servidor y puerto.',
  login_refused:
    'PostgreSQL en {host} no deja entrar a {user}: {detail}; corrija usuario y contraseña.',
  not_on_server:
    'PostgreSQL en {host} no tiene esa base de datos: {detail}; corrija el nombre o créela con createdb.',
  server_too_old:
    'PostgreSQL en {host} es de la versión {version}; Tallyman necesita la 13 o posterior.',
  server_encoding:
    'La base de datos en {host} guarda los textos como {encoding}, que no tiene caracteres que Tallyman escribe; indique una con UTF8, creada con createdb --encoding=UTF8 --template=template0.',
  tls_refused: 'No hay conexión TLS con {host}: {detail}; corrija sslmode o sslrootcert.',
  own_tables_refused:
    '{user} no puede usar las tablas de Tallyman, que ya están en el esquema {schema}: {detail}; que su propietario otorgue ALL sobre ellas y sus secuencias, o indique otro esquema con ?tallyman_schema=.',
  schema_refused:
    '{user} no puede crear las tablas de Tallyman en el esquema {schema}: {detail}; otorgue CREATE sobre él, o indique otro con ?tallyman_schema=.',
  pooled_by_transaction:
    'Entre Tallyman y PostgreSQL, en {host}, hay un grupo de conexiones que cambia de sesión con cada transacción (pool_mode = transaction de PgBouncer); indique el propio servidor, o un grupo con pool_mode = session.',
}
