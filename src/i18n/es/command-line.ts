import type { commandLine as english } from '../en/command-line.ts'

export const commandLine: Record<keyof typeof english, string> = {
  jobLine: 'Trabajo {id}: {text}',
  summaryLine: 'Trabajo {id}  {label}  {status}  {time}',
  progressRecords: '{count} {count:registro|registros}',
  progressRejects: '{count} {count:rechazo|rechazos}',
  progressSpeed: '{count}/s',
  progressLeft: 'quedan {time}',
  dryRunNote:
    'Una simulación: no se ha escrito nada en la tabla. Se insertarían {inserted}, se actualizarían {updated} y se eliminarían {deleted}.',
  seeWouldBeRejected: 'Vea qué se rechazaría y por qué: tallyman jobs rejects {id}',
  seeRejects: 'Vea qué se ha rechazado y por qué: tallyman jobs rejects {id}',
  warningLine: '{level}: {text}',
  moreWarnings: 'Otras advertencias: {count}. Véalas: tallyman jobs journal {id} --level warning',
  recordWarnings: 'Advertencias sobre registros: {count}. Véalas: tallyman jobs rejects {id}',
  letGoOn: 'Haga que continúe donde se detuvo: tallyman jobs start {id} --run',
  letGoOnMended: 'Una vez resuelta la causa, haga que continúe: tallyman jobs start {id} --run',
  change: 'Cambie el archivo o las opciones y vuelva a ejecutar la orden.',
  runAgain: 'Ejecútelo de nuevo desde el principio: tallyman jobs run-again {id}',
  goOnWithRest: 'O haga que continúe con el resto: tallyman jobs start {id} --run',
  noJobs: 'No hay trabajos.',
  moreJobs: 'Hay más: añada --before {id}',
  jobWaits: 'El trabajo {id} espera a un ejecutor; ejecútelo aquí: tallyman worker --once',
  workerTakes: 'Lo tomará un ejecutor; si no hay ninguno: tallyman worker --once',
  jobIsPurged: 'El trabajo {id} terminó hace tiempo y se ha purgado.',
  jobsArePurged: 'Trabajos purgados: {count}.',
  removalLine:
    'Trabajo {id}  {label}  {status}  {ended}  {processed} procesados, {rejects} rechazos; eliminado {removed} por {actor}',
  noRemovals: 'No se ha eliminado ni purgado ningún trabajo.',
  jobIsDeleted: 'El trabajo {id} se ha eliminado.',
  rejectsForSpreadsheet:
    'Registros en {path}: {count}. El archivo es para leerlo; para corregir los registros, expórtelos sin --for-spreadsheet.',
  rejectsExported:
    'Registros en {path}: {count}. Corríjalos y después: tallyman jobs repair {id} {path}',
  rejectsToImport:
    'Registros en {path}: {count}. Corríjalos y después importe el archivo como cualquier otro.',
  listens: 'Tallyman escucha en {url}',
  searchIsPlain:
    'Una búsqueda en la lista lee todos los trabajos, porque a la base de datos le falta la extensión pg_trgm. Pida a un administrador de la base de datos que ejecute "create extension pg_trgm" e inicie serve de nuevo.',
  demoIsReady: 'Ya hay un trabajo en cada estado. Ctrl-C lo termina y no deja nada.',
  serverStops: 'Deteniendo: los ejecutores confirman los lotes en curso…',
  comparing: 'Comparando {path} con una importación anterior del mismo tamaño…',
  onHost: ' en {host}',
  ofWords: ', cuyas palabras en el archivo son {listed}',
  asIn: ', como en {sample}',
  stopping: 'Se detendrá tras el lote en curso…',
  backedUp: 'La base de datos se ha copiado en {path}: {size} bytes.',
  moved:
    'Trasladado de {from} a {to}: trabajos: {jobs}, entradas del diario: {entries}, rechazos: {rejects}, archivos del disco: {files}.',
  tablesStay:
    'Las tablas que los trabajos leen y escriben, y los resultados en la bandeja de salida, son suyos y quedan donde están; {from} queda como estaba.',
  moveProgress: '{count} filas, en {table}',
  moveStopped: 'El traslado se ha detenido; la misma orden lo continúa.',
  moveLacksFile: 'El archivo {path} ya no está o ha cambiado; lo dirá quien lo importe.',
  allAgrees: 'Trabajos comprobados: {jobs}. Todo concuerda.',
  disagrees: 'Trabajos comprobados: {jobs}. No concuerda: {count}; se muestran: {shown}.',
  sourcesNotChecked:
    'Sin comprobar: los archivos importados y lo que otros hicieron con las filas de las tablas.',
  rowsNotChecked:
    'Sin contar: las filas de tablas que ninguna importación creó ni encontró vacías, cuyos trabajos no se conocen todos o de las que la seguridad a nivel de fila puede ocultar alguna: {tables}.',
  resultsNotChecked:
    'Sin comprobar: resultados que otra exportación reemplazó o está reemplazando: {count}.',
  jobIsHeld:
    'El trabajo {id} se deja al ejecutor {worker}. Si este ha muerto: «tallyman worker», sin --once, toma el trabajo tras {seconds} segundos de silencio.',
  inspectedColumns: 'Columnas, sus tipos y ejemplos:',
  inspectedRecords: 'Los primeros registros:',
  inspectedLines:
    'Líneas con caracteres que no son ASCII; si no se ven bien, indique otra --encoding:',
  inspectedFaults: 'Registros examinados: {sampled}. De ellos, no se pueden leer: {count}.',
  noWorkersSeen: 'No hay ningún ejecutor: inicie uno con tallyman worker o tallyman serve.',
  templateColumns: 'Plantilla|Tipo de trabajo|Tabla|Guardada',
  templateIsNative: 'viene con Tallyman',
  templateIsSaved: 'La plantilla «{name}» se ha guardado.',
  templateIsDeleted: 'La plantilla «{name}» se ha eliminado; sus trabajos quedan.',
  workerColumns: 'Ejecutor|Nombre|Máquina|Versión|Desde|Última señal de vida|Trabajo',
  workerLives: 'activo',
  workerIsSilent: 'en silencio',
  workerIsReady: 'El ejecutor {worker} está listo.',
  stillUnfit:
    '{count} {count:registro del archivo aún no encaja y sigue pendiente|registros del archivo aún no encajan y siguen pendientes}: mire la página del trabajo {id}, Reparar.',
  unfitRecord: 'El registro {record} aún no encaja: {reason}',
  changedBesides:
    'Además de lo erróneo, el archivo cambia {column} en {count} {count:registro|registros}, como en el registro {record}: de «{before}» a «{after}».',
  heldBack:
    '{count} {count:registro encaja, pero cambiaría una fila que la tabla ya tiene, quizá escrita|registros encajan, pero cambiarían filas que la tabla ya tiene, quizá escritas} por un registro posterior o por otro trabajo: {count:sigue pendiente|siguen pendientes}. Con --overwrite, {count:entra|entran}.',
  keptTheirs:
    '{count} {count:registro fue corregido|registros fueron corregidos} de otro modo por otra persona en la página: {count:sigue pendiente, como está corregido|siguen pendientes, como están corregidos} allí. Con --overwrite, {count:entra|entran} como en el archivo.',
  settledRejects:
    '{count} {count:registro del archivo ya está reparado o apartado|registros del archivo ya están reparados o apartados}; no se ha hecho nada con {count:él|ellos}.',
  keptByFailed:
    '{count} {count:rechazo sigue|rechazos siguen} en el trabajo {id}, que falló: inícielo otra vez (jobs start {id}) o cancélelo (jobs cancel {id}), para que los que no se importaron vuelvan a estar pendientes.',
  noOpenRejects:
    '{count} {count:registro del archivo no es un rechazo pendiente del trabajo, o no se puede leer|registros del archivo no son rechazos pendientes del trabajo, o no se pueden leer}; no se ha hecho nada con {count:él|ellos}.',
}
