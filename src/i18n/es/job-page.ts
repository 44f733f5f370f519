import type { ConsoleTexts } from '../en/console.ts'

export const jobPage: ConsoleTexts['jobPage'] = {
  tools: 'Este trabajo',
  crumb: 'Dónde está',
  since: 'desde el {when}',
  steps: {
    repair: 'Reparar {n} {n:rechazo|rechazos}',
    look_at_rejects: 'Ver los rechazos',
    change: 'Cambiar y ejecutar de nuevo',
    go_on: 'Continuar con el resto',
    download: 'Descargar \u2068{name}\u2069 ({size})',
    run_for_real: 'Ejecutarlo de verdad',
  },
  waits: {
    later: 'Se inicia el {time}.',
    busy: 'En espera: {busy} de {workers} ejecutores están ocupados.',
    soon: 'Un ejecutor lo toma en unos segundos.',
    noneAnswers: 'En espera: no responde ninguno de los {workers} ejecutores de este servidor.',
    unknown: 'En espera de un ejecutor; este servidor no tiene ninguno propio.',
    pausing: 'Se pausa en cuanto se complete el lote en curso.',
    cancelling: 'Se detiene en cuanto se complete el lote en curso.',
    goesOn: 'Continúa por sí solo en cuanto lo tome un ejecutor.',
    noRecords: 'No había ningún registro, así que no se ha escrito nada.',
  },
  cancel: {
    title: '¿Cancelar el trabajo {id}?',
    sure: 'Cancelar definitivamente',
    keep: 'Dejarlo como está',
    happens: 'Lo que ocurrirá:',
    stops:
      'El trabajo se detiene definitivamente: no podrá continuar después. Ejecutar de nuevo empieza desde el principio.',
    batch: 'Antes se completa el lote en curso.',
    dropsPart: 'Se elimina lo que la exportación ha escrito hasta ahora.',
    stays: 'Lo que queda:',
    staysRows: 'lo escrito hasta ahora en la tabla {table}: {n} {n:registro|registros}',
    staysDeleted: 'lo eliminado hasta ahora de la tabla {table}: {n} {n:registro|registros}',
    staysJob: 'el trabajo con sus contadores, su diario y sus rechazos',
    noneCan: 'Ninguno de estos trabajos se puede cancelar',
    titleMany: '¿Cancelar {n} {n:trabajo|trabajos}?',
    keepMany: 'Dejarlos como están',
    stopMany:
      'Los trabajos se detienen definitivamente: no podrán continuar después. Ejecutar de nuevo empieza desde el principio.',
    batches: 'Antes se completan los lotes en curso.',
    dropsParts: 'Se elimina lo que las exportaciones han escrito hasta ahora.',
    staysAllRows: 'lo escrito hasta ahora en las tablas, o eliminado de ellas',
    staysJobs: 'los trabajos con sus contadores, sus diarios y sus rechazos',
    cannot: 'Estos no se cancelan:',
  },
  again: {
    realTitle: '¿Ejecutar de verdad el trabajo {id}?',
    sure: 'Ejecutar de nuevo',
    keep: 'Dejarlo como está',
    happens: 'Lo que ocurrirá:',
    stays: 'Lo que queda:',
    staysJob: 'el trabajo {id} con sus contadores, su diario y sus rechazos',
    newJob: 'Se crea y se inicia un trabajo nuevo con la especificación que sigue.',
    forReal: 'Esta vez no es una simulación: lo que cambie en la tabla queda.',
    dry: 'Vuelve a ser una simulación: nada queda en la tabla.',
    operations: {
      insert_or_update:
        'El archivo \u2068{file}\u2069 se lee desde el principio, tal como está ahora; sus registros se insertan en la tabla {table} o actualizan lo que ya hay.',
      insert:
        'El archivo \u2068{file}\u2069 se lee desde el principio, tal como está ahora; sus registros se insertan en la tabla {table}.',
      update:
        'El archivo \u2068{file}\u2069 se lee desde el principio, tal como está ahora; sus registros actualizan lo que hay en la tabla {table}.',
      reconcile:
        'El archivo \u2068{file}\u2069 se lee desde el principio, tal como está ahora; sus registros se buscan en la tabla {table}.',
      delete:
        'El archivo \u2068{file}\u2069 se lee desde el principio, tal como está ahora; lo que nombran sus registros se elimina de la tabla {table}.',
    },
    exports:
      'La tabla {table} se escribe otra vez en el archivo \u2068{file}\u2069, en lugar de lo que haya allí.',
  },
  ledger: {
    kind: 'Qué fue de ellos',
    records: 'Registros',
    share: 'Proporción',
    ofFile: 'registros del archivo',
    ofTable: 'registros de la tabla',
    soFar: 'registros procesados hasta ahora',
    withoutRest: 'registros procesados; el resto, no',
    zeros: 'En cero: {names}.',
    beside: 'También se han contado: {counts}.',
    all: 'Todos los contadores',
  },
  reasons: { title: 'Qué se rechazó', wouldTitle: 'Qué se rechazaría', more: 'Todos los rechazos' },
  asked: { title: 'Qué se pidió' },
  runs: {
    title: 'Últimas ejecuciones de la misma especificación',
    ofTemplate: 'Últimas ejecuciones de la misma plantilla',
    description:
      'Barras hacia arriba: tiempo de ejecución, como máximo {time}. Barras hacia abajo: proporción de rechazos, como máximo {share}. La barra marcada es este trabajo.',
    run: 'Trabajo {id}, {when}: {time}, rechazos: {n} ({share})',
    thisOne: 'este trabajo',
    usual: 'Antes, por lo general: {time}; rechazos {share}.',
    all: 'Buscar «{table}» en los trabajos',
  },
}
