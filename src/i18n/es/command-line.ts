import type { commandLine as english } from '../en/command-line.ts'

export const commandLine: Record<keyof typeof english, string> = {
  jobLine: 'Trabajo {id}: {text}',
  summaryLine: 'Trabajo {id}  {label}  {status}  {time}',
  progressRecords: '{count} registros',
  progressRejects: '{count} rechazos',
  progressSpeed: '{count}/s',
  progressLeft: 'quedan {time}',
  dryRunNote: 'Un simulacro: no se ha escrito nada en la tabla.',
  seeRejects: 'Vea qué se ha rechazado y por qué: tallyman jobs rejects {id}',
  letGoOn: 'Haga que continúe donde se detuvo: tallyman jobs start {id} --run',
  letGoOnMended: 'Una vez resuelta la causa, haga que continúe: tallyman jobs start {id} --run',
  noJobs: 'No hay trabajos.',
  moreJobs: 'Hay más: añada --before {id}',
  jobWaits: 'El trabajo {id} espera un proceso; ejecútelo aquí: tallyman worker --once',
  workerTakes: 'Lo tomará un proceso; si no hay ninguno: tallyman worker --once',
  jobIsDeleted: 'El trabajo {id} se ha eliminado.',
  rejectsExported: 'Registros en {path}: {count}. Corríjalos e importe de nuevo el archivo.',
  listens: 'Tallyman escucha en {url}',
  serverStops: 'Deteniendo: los procesos confirman los lotes en curso…',
  stopping: 'Se detendrá tras el lote en curso…',
  workerIsReady: 'El proceso {worker} está listo.',
}
