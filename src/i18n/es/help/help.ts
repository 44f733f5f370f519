import type { Help } from '../../en/help/help.ts'
import { helpOfFiles } from './help-of-files.ts'
import { helpOfRepairs } from './help-of-repairs.ts'

export const help: Help = {
  titles: {
    'Usage:': 'Uso:',
    'Arguments:': 'Argumentos:',
    'Global Options:': 'Opciones globales:',
    'Options:': 'Opciones:',
    'Commands:': 'Órdenes:',
    '[options]': '[opciones]',
    '[command]': '[orden]',
  },
  tallyman: {
    about: 'Lleva archivos a tablas y tablas a archivos, y da cuenta de cada registro.',
    database:
      'dónde están trabajos y tablas: sqlite:RUTA o postgres://USUARIO@SERVIDOR/BASE (por defecto: $TALLYMAN_DATABASE; si no, {database})',
    json: 'un objeto JSON en la salida estándar, y nada más en ella',
    version: 'muestra la versión',
    help: 'muestra esta ayuda',
    helpOfCommand: 'muestra la ayuda de una orden',
    choices: 'uno de {values}',
    default: 'por defecto: {value}',
    examples: `
Ejemplos:
  $ tallyman import personas.csv --into personas --create --key id
  $ tallyman serve
  $ tallyman jobs list
  $ tallyman jobs rejects 1
  $ tallyman export personas --to personas.csv.gz

Cada orden tiene su ayuda: tallyman import --help`,
  },
  ...helpOfFiles,
  jobs: {
    about: 'muestra los trabajos y los controla',
    id: 'número del trabajo',
    list: 'los trabajos, primero los más recientes',
    only: 'solo estos',
    template: 'solo los trabajos creados a partir de la plantilla de este nombre',
    withRejects: 'solo los trabajos que han rechazado algún registro',
    before: 'solo los trabajos anteriores a este',
    limit: 'como máximo tantos',
    show: 'un trabajo con su recuento',
    spec: 'lo que se pidió, como archivo para --spec',
    journal: 'lo que le ha ocurrido a un trabajo, primero lo más antiguo',
    level: 'solo estas entradas',
    rejects: 'los registros que no entraron y por qué; --json escribe un objeto por línea',
    export: 'como archivo para corregir e importar de nuevo; - es la salida estándar',
    openRejects: 'solo los que no están reparados ni apartados',
    rejectType:
      'solo estos: error deja fuera el registro, warning no (al exportar se entiende error)',
    code: 'solo estos, por el código de su mensaje, como TLY-3001',
    field: 'solo estos, por el campo con el error; "" si es el registro completo',
    forSpreadsheet:
      'con --export: para leerlo en una hoja de cálculo, con los motivos delante y las celdas a salvo de fórmulas',
    ...helpOfRepairs,
    start: 'hace que un trabajo continúe donde se detuvo',
    priority:
      'de los trabajos a la espera, primero los de número mayor (de -1000 a 1000; si no, 0)',
    run: 'lo ejecuta aquí y ahora en lugar de esperar a un ejecutor',
    pause: 'suspende un trabajo tras el lote en curso',
    cancel: 'detiene un trabajo para siempre tras el lote en curso; lo escrito se queda',
    runAgain: 'un trabajo nuevo igual que uno terminado',
    again: 'también si el mismo archivo entraría dos veces en la tabla, sin clave',
    delete:
      'un trabajo terminado, con su diario, sus rechazos y su resultado en la carpeta de salida',
    purge:
      'purgar ahora lo terminado hace tantos días, por muchos que sean y dijera lo que dijera el reloj',
    removed: 'los trabajos eliminados o purgados: qué hicieron, cuándo se fueron y por quién',
    examples: `
Ejemplos:
  $ tallyman jobs list --status failed
  $ tallyman jobs list --with-rejects
  $ tallyman jobs show 7
  $ tallyman jobs journal 7
  $ tallyman jobs rejects 7 --export correcciones.csv
  $ tallyman jobs pause 7
  $ tallyman jobs start 7 --run`,
    rejectsExamples: `
Ejemplos:
  $ tallyman jobs rejects 7
  $ tallyman jobs rejects 7 --json | head -3
  $ tallyman jobs rejects 7 --code TLY-3001 --export motivos.csv --for-spreadsheet
  $ tallyman jobs rejects 7 --export correcciones.csv
  (corrija el archivo; sus columnas reject_… pueden quedarse)
  $ tallyman jobs repair 7 correcciones.csv`,
  },
  serve: {
    about: 'la consola en el navegador y los ejecutores de sus trabajos, hasta Ctrl-C',
    port: '0: cualquiera libre (por defecto: $TALLYMAN_PORT; si no, {port})',
    host: 'por defecto: $TALLYMAN_HOST; si no, {host}: solo esta máquina',
    workers: 'trabajos que se ejecutan a la vez (por defecto: $TALLYMAN_WORKERS; si no, 1 o 2)',
    files:
      'dónde guarda sus propios archivos: database, o una carpeta común a todas las máquinas (por omisión: $TALLYMAN_FILES; si no, la base de datos con PostgreSQL, y el disco con SQLite)',
    keepDays:
      'purga los trabajos terminados hace tantos días (por defecto: $TALLYMAN_KEEP_DAYS; si no, se conservan)',
    examples: `
Ejemplos:
  $ tallyman serve
  $ tallyman serve --port 8080 --workers 1
  $ TALLYMAN_BASE_PATH=/tallyman TALLYMAN_TRUSTED_ORIGINS=https://intranet.example tallyman serve

SIGTERM o Ctrl-C confirma los lotes en curso y se detiene en menos de diez segundos; el siguiente
servidor continúa con los trabajos. Un segundo Ctrl-C termina en el acto.
Con un nombre de host que no es el suyo, solo responde si figura en TALLYMAN_HOSTS.`,
  },
  worker: {
    about: 'ejecuta los trabajos que esperan, uno tras otro, hasta Ctrl-C',
    once: 'termina cuando ya no espera ningún trabajo',
    examples: `
Ejemplos:
  $ tallyman worker
  $ tallyman worker --once --database sqlite:/srv/tallyman.db

SIGTERM o Ctrl-C confirma el lote en curso y suelta su trabajo; otro ejecutor, o el siguiente,
continúa con él.`,
  },
  workers: {
    about: 'ejecutores de esta base de datos, en todas las máquinas',
    list: 'quién está activo, en qué máquina, con qué versión y trabajo',
  },
  backup: {
    about: 'copia la base de datos tal como está ahora en un archivo, con trabajos en marcha',
    file: 'la copia; aparece con su nombre cuando está completa',
    replace: 'también si ya existe ese archivo',
    examples: `
Ejemplos:
  $ tallyman backup /srv/backups/tallyman-lunes.db
  $ tallyman backup ultima.db --replace --json

Para usarla, inicie Tallyman con ella: tallyman serve --database sqlite:ultima.db
Lo que contiene se puede comprobar: tallyman verify --database sqlite:ultima.db`,
  },
  move: {
    about: 'lleva todo lo que guarda Tallyman de una base de datos a otra',
    from: 'donde está ahora; queda como está',
    to: 'adonde va: postgres://USUARIO@HOST/BASE, sin trabajos',
    examples: `
Ejemplo:
  $ tallyman move --from sqlite:tallyman-data/tallyman.db --to postgres://tallyman@db.example/tallyman

Los trabajos, diarios, rechazos, correcciones y archivos van con sus números; las tablas que los
trabajos leen y escriben, no. No puede haber ningún servidor ni ejecutor en marcha. La misma orden
continúa un traslado interrumpido.
Código de salida: 0 trasladado, 3 trasladado salvo archivos que ya no están en el disco, 1 o 2 no
trasladado.`,
  },
  verify: {
    about: 'compara cada trabajo con sus rechazos, su diario, su tabla y su archivo',
    examples: `
Ejemplos:
  $ tallyman verify
  $ tallyman verify --database sqlite:copia.db --json

Código de salida: 0 todo concuerda, 4 algo no concuerda, 1 o 2 no se pudo comprobar.
Puede ejecutarse con trabajos en marcha.

Se compara lo que consta en dos sitios. No se puede saber si alguien cambió
  - lo que consta en uno solo: los valores de las filas, los bytes y detalles de los
    rechazos, quién eliminó un trabajo y cómo se llamaba, la anotación de un operador, las
    claves que recuerda un trabajo, las reglas de un campo, cuál de dos resultados tuvo un
    registro correcto, el ritmo, cuántos lotes hubo
  - las horas que nada repite y cuánto duró un trabajo: los relojes se cambian
  - las filas de una tabla que nunca estuvo vacía al empezar una importación
  - un historial entero que concuerda consigo mismo, como un trabajo que desapareció con
    todas sus huellas y cuya eliminación consta`,
  },
  demo: {
    about: 'un servidor con una base de datos de ejemplo y un trabajo en cada estado, hasta Ctrl-C',
    postgres: 'en un PostgreSQL propio, que ha traído npm, en lugar de SQLite',
    examples: `
Ejemplos:
  $ tallyman demo
  $ tallyman demo --postgres
  $ tallyman demo --port 0 --json

Sus ejecutores van despacio a propósito, para que haya algo que ver, y su base de datos desaparece
cuando termina.`,
  },
  wrongCalls: {
    noArgument: 'Falta el argumento {name}.',
    noValue: 'A {name} le falta su valor.',
    noOption: 'Falta {name}.',
    unknownOption: 'No existe la opción «{name}».',
    unknownCommand: 'No existe la orden «{name}».',
    tooMany: 'Sobra algo detrás de «{name}».',
    noChoice: '{name} no admite «{value}»; escriba uno de {choices}.',
    suggestion: '¿Quería decir {names}?',
    seeHelp: 'Vea --help.',
  },
}
