import type { today as en, workers as enWorkers } from '../en/today.ts'

export const today: typeof en = {
  title: 'Hoy',
  records: 'Registros de hoy',
  ofJobs: 'en {n} {n:trabajo iniciado|trabajos iniciados} hoy',
  ofNewest: 'en los últimos {n} trabajos iniciados hoy',
  inMotion: 'En marcha',
  waiting: '{n} a la espera de un ejecutor',
  failed: 'Con error hoy',
  failedInAll: '{n} en total',
  rejects: 'Rechazos pendientes',
  inJobs: 'en {n} {n:trabajo|trabajos}',
  inNewest: 'en los últimos {n} trabajos con rechazos',
  workers: 'Ejecutores',
  busy: '{n} {n:ocupado|ocupados}',
  ready: '{n} {n:libre|libres}',
  noWorkers: 'Este servidor no tiene ejecutores: los trabajos esperan a los de otro.',
  silent: '{n} no {n:responde|responden}',
  needs: 'Necesitan atención',
  needsNobody: 'Nada: ningún trabajo ha fallado, tiene rechazos o está en pausa.',
  needsMore: 'Estos son los más recientes. Los demás están en la lista:',
  paused: 'En pausa tras {n} {n:registro|registros}',
  lookAtJob: 'Ver el trabajo',
  nothingMoves: 'No se ejecuta ningún trabajo.',
  begin: 'Tres maneras de empezar',
  file: 'Un archivo suyo',
  fileHint: 'Súbalo, o déjelo en una carpeta de entrada, e impórtelo a una tabla.',
  sample: 'Un ejemplo',
  sampleHint:
    '2.000 personas van a la tabla sample_people; algunos registros están dañados a propósito.',
  importSample: 'Importar el ejemplo',
  sampleLabel: 'Un ejemplo: personas, algunas con datos dañados',
  command: 'Una orden',
  commandHint: 'Donde está la base de datos, esto crea la tabla y la llena:',
}

/** The page of all workers. */
export const workers: typeof enWorkers = {
  title: 'Ejecutores',
  about:
    'Todos los procesos que ejecutan trabajos de esta base de datos, en todas las máquinas, según su última señal de vida.',
  none: 'No hay ningún ejecutor: los trabajos esperan hasta que se inicie uno.',
  state: 'Estado',
  lives: 'Activo',
  silent: 'En silencio',
  name: 'Nombre',
  host: 'Máquina',
  version: 'Versión',
  since: 'Desde',
  last: 'Última señal de vida',
  job: 'Trabajo',
  all: 'Todos los ejecutores',
}
