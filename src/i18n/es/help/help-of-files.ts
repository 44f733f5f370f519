import { FORMATS_READ, FORMATS_WRITTEN } from '../files.ts'
import type { Help } from '../../en/help/help.ts'

type Shared = 'import' | 'export' | 'templates' | 'example' | 'inspect' | 'reading' | 'writing'

export const helpOfFiles: Pick<Help, Shared> = {
  import: {
    recordsTitle: 'Qué va a dónde:',
    runTitle: 'Cómo se ejecuta:',
    about: 'lee un archivo y lo escribe en una tabla',
    file: `${FORMATS_READ}, sin comprimir o en gzip; - es la entrada estándar. Varios son un solo trabajo: los registros de cada uno siguen a los del anterior`,
    into: 'la tabla',
    template:
      'el nombre de una plantilla con lo demás que se pide; las opciones y --spec prevalecen',
    spec: 'un archivo con lo demás que se pide, como lo imprime `jobs show ID --spec`; las opciones prevalecen',
    create: 'crea la tabla según el archivo si no existe',
    key: 'campos que identifican un registro, como en a,b o \'"apellido, nombre"\'',
    secondKey: 'para los registros cuya clave está vacía',
    operation: 'por defecto: insert_or_update con clave, insert sin ella',
    doubles: 'registros cuya clave ya ha aparecido en el archivo; por defecto: update',
    duplicates:
      'registros que ya están en la tabla; por defecto: update; con la operación insert: reject',
    map: 'una columna cuyo campo tiene otro nombre, o #3 para la tercera (repetible)',
    emptyOverwrites: 'un valor vacío vacía estos campos',
    onlyIfEmpty: 'escribe estos solo donde la tabla no tiene nada',
    onlyOnInsert: 'escribe estos solo en registros nuevos',
    onError:
      'warn: sin el campo; reject: sin el registro (por defecto); stop: detiene el trabajo (repetible)',
    sensitive:
      'columnas cuyos valores se ocultan en rechazos, diario e informe, también las que no llenan ningún campo',
    noHeader: 'la primera línea es un registro; sus columnas son 1, 2, …',
    skip: 'líneas por encima del encabezado o del primer registro; por defecto: se detectan',
    skipLast: 'registros del final que se dejan fuera, como los totales',
    headerLines: 'líneas de nombres, que se unen; por defecto: una',
    columns: 'nombres de las columnas, como a,b; el archivo no los trae, o se saltan',
    null: 'un texto que equivale a nada, como NULL (repetible)',
    maxRejects: 'falla tras este número de rechazos',
    keepGoing: 'sigue aunque los primeros 100 registros se rechacen todos',
    trace: 'una entrada del diario por cada registro',
    label: 'cómo se llama el trabajo en las listas',
    dryRun:
      'lo hace todo y no guarda nada más que el trabajo; en PostgreSQL las filas que cambiaría quedan bloqueadas hasta que termina',
    again: 'también si el mismo archivo ya entró antes en la tabla, sin clave',
    examples: `
Ejemplos:
  Crear una tabla según el archivo y llenarla:
  $ tallyman import personas.csv --into personas --create --key id
  Ponerla al día con el archivo de mañana, vaciando los teléfonos que vengan vacíos:
  $ tallyman import personas2.csv --into personas --key id --empty-overwrites telefono
  Un archivo ajeno, con nombres propios:
  $ tallyman import clientes.txt --into personas --key email --map Correo=email --delimiter ';' --encoding latin1
  Un título de dos líneas sobre el encabezado y una línea de totales al final:
  $ tallyman import ventas.csv --into ventas --create --skip 2 --skip-last 1
  Nombres propios en lugar de un encabezado dañado; la tercera columna llena el campo pagado:
  $ tallyman import facturas.csv --into facturas --skip 1 --columns id,nombre,suma --map '#3=pagado' --null N/D
  Ver qué pasaría:
  $ tallyman import personas.csv --into personas --key id --dry-run
  Quitar registros de la tabla:
  $ tallyman import bajas.csv --into personas --key id --operation delete
  Lo que escribe otro programa:
  $ zcat antiguo.csv.gz | tallyman import - --into personas --key id

En columnas de texto, "" es un texto vacío; nada en absoluto deja el campo como está.
Código de salida: 0 sin rechazos, 3 con rechazos, 1 con error, en pausa, cancelado o interrumpido, 2 orden mal escrita.
Ctrl-C interrumpe tras el lote en curso; el trabajo continúa con: tallyman jobs start ID --run`,
  },
  export: {
    about: 'escribe una tabla o una vista en un archivo',
    table: 'la tabla o la vista',
    to: `${FORMATS_WRITTEN}; si el nombre termina en .gz se comprime; - es la salida estándar`,
    template:
      'el nombre de una plantilla con lo demás que se pide; las opciones y --spec prevalecen',
    spec: 'un archivo con lo demás que se pide, como lo imprime `jobs show ID --spec`; las opciones prevalecen',
    columns: 'estas, en este orden, como en a,b; por defecto: todas',
    differential:
      'solo lo que ha cambiado desde la última ejecución finalizada de la plantilla, según este campo, que dice cuándo cambió una fila',
    noHeader: 'sin la línea con los nombres de las columnas',
    gzip: 'comprime el archivo, sea cual sea su nombre',
    force: 'reemplaza un archivo con este nombre cuando el nuevo está completo',
    label: 'cómo se llama el trabajo en las listas',
    examples: `
Ejemplos:
  $ tallyman export personas --to personas.csv
  $ tallyman export personas --to personas.tsv.gz --columns id,email
  $ tallyman export personas --to personas.txt --delimiter ';' --no-header
  Cada noche lo que ha cambiado, tras un primer archivo con todo:
  $ tallyman export personas --to lunes.csv --template nocturna --differential actualizado

El archivo aparece con su nombre cuando está completo, y solo reemplaza uno existente con --force.
Una tubería (--to -) no se puede continuar: un trabajo interrumpido termina con error.
--differential no ve las filas borradas ni un cambio que deja el campo igual o lo atrasa; las filas que
no tienen nada en él están en todos los archivos. Una ejecución que no finaliza no mueve nada.`,
  },
  templates: {
    about: 'especificaciones con nombre',
    name: 'nombre de la plantilla',
    list: 'las guardadas y las que vienen con el programa',
    show: 'una plantilla como archivo para --spec; con --json también sus trabajos y sus cambios',
    save: 'guarda un trabajo o una especificación con un nombre',
    job: 'el trabajo cuya especificación se guarda, sin su archivo',
    spec: 'un archivo con una especificación, como lo imprime `jobs show ID --spec`',
    type: 'para qué es el archivo de --spec; por defecto, lo que él mismo diga o, si no, import',
    description: 'para qué sirve',
    replace: 'también si ya existe esa plantilla, que se cambia',
    delete: 'elimina una plantilla; sus trabajos quedan',
    examples: `
Ejemplos:
  $ tallyman templates save "Personas del lunes" --job 7
  $ tallyman import personas2.csv --template "Personas del lunes"
  $ tallyman export personas --to personas.csv --template excel-export`,
  },
  example: {
    about:
      'escribir un archivo para rellenar: los nombres de las columnas y dos registros de ejemplo',
    table: 'la tabla para la que es; por defecto, la de la plantilla',
    template:
      'el nombre de una plantilla que dice cómo se escribe el archivo y cuáles son sus columnas',
    spec: 'un archivo que lo dice, como lo imprime `jobs show ID --spec`; prevalece sobre la plantilla',
    to: 'el archivo; por defecto, la salida estándar',
    force: 'sustituir un archivo de este nombre',
    examples: `
Ejemplos:
  $ tallyman example personas --to personas.csv
  $ tallyman example --template "Personas del lunes" --to lunes.csv

Una importación así especificada toma los ejemplos, salvo que solo la tabla sepa que no, como donde
una fila tiene que referirse a otra. Sustitúyalos: son registros como los demás.`,
  },
  inspect: {
    about: 'muestra cómo se leería un archivo y qué falla en su comienzo; no escribe nada',
    file: `${FORMATS_READ}, sin comprimir o en gzip. Si son varios, se informa de cada uno y de lo que impide importarlo con el primero`,
    examples: `
Ejemplos:
  $ tallyman inspect personas.csv
  $ tallyman inspect personas.csv --delimiter ';' --encoding latin1
  $ tallyman inspect personas.csv --json
  $ tallyman inspect norte.csv sur.csv

Solo lee el comienzo del archivo, por largo que sea, y no necesita ninguna base de datos.`,
  },
  reading: {
    title: 'Cómo está escrito el archivo (por defecto, se detecta):',
    format: 'qué es el archivo; por defecto: lo que digan su nombre y su contenido',
    delimiter: 'un carácter o varios; también tab, semicolon, pipe, space, \\x01',
    quote: 'lo que rodea los valores; none: nada los rodea',
    escape:
      'lo que precede a una comilla o un delimitador dentro de un valor; none: las comillas se duplican',
    recordEnd: 'lf, crlf, cr u otros caracteres, como \\x1e; por defecto: cualquiera de los tres',
    comment: 'las líneas que empiezan por él no son registros',
    trim: 'los espacios que rodean un valor no forman parte de él',
    mergeDelimiters: 'varios delimitadores seguidos cuentan como uno',
    noMultiline: 'un fin de línea siempre termina el registro, también entre comillas',
    missing: 'registros a los que les faltan las últimas columnas; por defecto: reject',
    surplus: 'registros con columnas de más; por defecto: reject',
    encoding: 'utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis, gb18030, koi8-r, …',
  },
  writing: {
    title: 'Cómo se escribe el archivo:',
    format: 'por defecto: según el nombre del archivo; si no, delimited',
    delimiter:
      'un carácter o varios; también tab, semicolon, pipe; por defecto: coma, tabulador para .tsv',
    quoteAll: 'pone entre comillas todos los valores',
    null: 'lo que se escribe donde no hay nada, como NULL o \\N',
    lineEnd: 'por defecto: lf',
    encoding: 'windows-1252, utf-16le, shift_jis, …; por defecto: utf-8',
    bom: 'empieza con una marca de orden de bytes, por la que Excel reconoce UTF-8',
    safeCells:
      'pone un apóstrofo ante lo que una hoja de cálculo ejecutaría como fórmula: cambia valores',
  },
}
