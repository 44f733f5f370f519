import type { helpOfRepairs as english } from '../../en/help/help-of-repairs.ts'

export const helpOfRepairs: Record<keyof typeof english, string> = {
  repair:
    'un trabajo vinculado con los registros de un archivo de rechazos corregido que encajan, aquí y ahora',
  correctedFile:
    'el archivo que escribió «jobs rejects ID --export ARCHIVO», corregido, con sus columnas',
  overwrite:
    'también los registros que cambian una fila que la tabla ya tiene, quizá escrita por un registro posterior, o que otra persona corrigió de otro modo en la página',
  repairExamples: `
Ejemplo:
  $ tallyman jobs rejects 1 --export rechazos.csv
  $ tallyman jobs repair 1 rechazos.csv

Un registro que aún no encaja se guarda como se corrigió y sigue pendiente. También el que cambiaría
una fila que la tabla ya tiene: puede haberla escrito un registro posterior del archivo u otro trabajo;
y el que otra persona corrigió de otro modo en la página.`,
}
