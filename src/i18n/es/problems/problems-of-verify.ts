import type { PROBLEMS_OF_VERIFY } from '../../../domain/words/problems-of-verify.ts'

/** The disagreements that `verify` finds. */
export const problemsOfVerify: Record<keyof typeof PROBLEMS_OF_VERIFY, string> = {
  damaged: 'La base de datos está dañada: {detail}.',
  job_unreadable: 'No se puede leer el trabajo: {detail}.',
  tally_off: '{sum} es {is}, pero {terms} suman {make}.',
  count_off: 'El contador {counter} indica {is}, pero hay {found} guardados.',
  record_beyond: 'Se menciona el registro {record}, pero solo se procesaron {processed}.',
  checkpoint_off:
    'El punto de control está tras el registro {record}, pero se procesaron {processed} y hay {postponed} aplazados.',
  dates_off: 'Las fechas y los intentos no concuerdan con el estado «{status}».',
  failure_off: 'El motivo del error no concuerda con el estado «{status}» y el diario.',
  journal_off: 'La entrada {entry} del diario ({says}) no puede seguir al estado {status}.',
  status_off: 'El estado es «{status}», pero según el diario es {journal}.',
  told_off: 'La entrada {entry} del diario indica {counter}: {told}, pero el contador dice {is}.',
  orphans: '{count} {count:fila|filas} de {table} {count:es|son} del trabajo {job}, que no existe.',
  table_gone: 'La tabla {table} ya no está; trabajos que escribieron en ella: {jobs}.',
  part_off: '{part} es «{is}», pero según lo demás que se guarda del trabajo sería «{should}».',
  too_many: 'El contador {counter} indica {is}, pero como máximo puede ser {most}.',
  too_few: 'El contador {counter} indica {is}, pero como mínimo debe ser {least}.',
  dry_run_off: 'El diario y la especificación no concuerdan en si el trabajo fue una simulación.',
  entry_off:
    'La entrada {entry} del diario ({says}) no concuerda con el trabajo o con sus entradas vecinas: {part}.',
  reject_off:
    'El rechazo del registro {record} no concuerda consigo mismo, con su clase o con sus vecinos: {part}.',
  repair_off:
    'La reparación del registro {record} no concuerda con los rechazos o con el trabajo que lo importó: {part}.',
  samples_off: 'Lo que se guarda del ritmo no concuerda consigo mismo o con los contadores.',
  leftover_off: 'El trabajo {job} está marcado para limpiarse, pero no ha terminado del todo.',
  removal_off:
    'Lo que se guarda de la eliminación del trabajo {job} no concuerda consigo mismo: {part}.',
  jobs_gone: 'No están los trabajos {from} a {to} ni constancia de su eliminación.',
  entries_gone:
    'No están las entradas {from} a {to} del diario, y ningún trabajo eliminado las tenía.',
  own_rows_off: 'Tallyman escribió {written} filas en {table} y no las ha eliminado; hay {found}.',
  numbers_off: 'En {table} existe el número {highest}, pero el último asignado es {last}.',
  search_off:
    'El índice de búsqueda no contiene los textos de los trabajos: una búsqueda puede omitir algunos.',
  own_gone: 'Falta en la base de datos algo que Tallyman creó en ella, o se cambió: {name}.',
  rows_off:
    'La tabla {table} tiene {rows} {rows:fila|filas}, pero los trabajos dan cuenta de {accounted}: alguien más la cambió.',
}
