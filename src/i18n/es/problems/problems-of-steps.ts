import type { PROBLEMS_OF_STEPS } from '../../../domain/words/problems-of-steps.ts'

export const problemsOfSteps: Record<keyof typeof PROBLEMS_OF_STEPS, string> = {
  dates_unclear:
    'Elija cómo están escritas las fechas de la columna {column}: no muestran si va primero el día o el mes.',
  numbers_unclear:
    'Elija cómo están escritos los números de la columna {column}: no muestran si los decimales van tras un punto o una coma.',
  no_source_chosen: 'Elija qué es «{text}» que rellena el campo, o bórrelo.',
  no_field_named: 'Dé nombre al otro campo que se rellena con «{text}», o borre su fila.',
  no_change_chosen: 'Elija qué hace el cambio {place}, o borre sus textos.',
  no_values_listed:
    'Escriba los valores de la lista, o deje que un valor que no está en ella rechace su registro.',
  no_column_chosen: 'Elija el campo de la condición {place}, o borre su valor «{value}».',
  value_listed_twice:
    'El valor {value} está dos veces en la lista; solo se puede escribir un texto por él.',
  job_changed:
    'El trabajo se cambió después de mostrarse esta página. No se ha guardado nada de ella; así está ahora el trabajo.',
  table_without_columns:
    'La tabla {table} no tendría ninguna columna: elija al menos una del archivo.',
}
