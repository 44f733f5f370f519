import type { PROBLEMS_OF_STEPS } from '../../../domain/words/problems-of-steps.ts'

export const problemsOfSteps: Record<keyof typeof PROBLEMS_OF_STEPS, string> = {
  dates_unclear:
    'Elija cómo están escritas las fechas de la columna {column}: no muestran si va primero el día o el mes.',
  day_or_year_unclear:
    'Elija cómo están escritas las fechas de la columna {column}: no muestran si va primero el día o el año.',
  month_or_year_unclear:
    'Elija cómo están escritas las fechas de la columna {column}: no muestran si va primero el mes o el año.',
  orders_unclear:
    'Elija cómo están escritas las fechas de la columna {column}: no muestran si va primero el día, el mes o el año.',
  numbers_unclear:
    'Elija cómo están escritos los números de la columna {column}: no muestran si los decimales van tras un punto o una coma.',
  no_place:
    'Escriba el puesto de la columna {column} como un número entero desde 1, no como «{place}».',
  title_twice:
    'Dos columnas del archivo tendrían el título «{title}»: dé a cada una el suyo, o quite una.',
  no_source_chosen: 'Elija qué es «{text}» que rellena el campo, o bórrelo.',
  no_field_named: 'Dé nombre al otro campo que se rellena con «{text}», o borre su fila.',
  no_change_chosen: 'Elija qué hace el cambio {place}, o borre sus textos.',
  change_without_text: 'El cambio {place} no usa «{text}»: bórrelo, o elija otro cambio.',
  stamp_without_text:
    'Lo que rellena Tallyman mismo no usa «{text}»: bórrelo, o elija que es un valor fijo, una plantilla o una expresión.',
  no_values_listed:
    'Escriba los valores de la lista, o deje que un valor que no está en ella rechace su registro.',
  no_listed_pair:
    'Escriba un signo igual entre dos valores: «{text}» no lo tiene, como en viejo = nuevo.',
  no_column_chosen: 'Elija el campo de la condición {place}, o borre su valor «{value}».',
  value_listed_twice:
    'El valor {value} está dos veces en la lista; solo se puede escribir un texto por él.',
  no_more_misfits: 'Tras esta página encajan todos los registros de este motivo.',
  corrected_by_two:
    'Otra persona ha corregido {count} {count:registro|registros} que usted también ha corregido. Elija abajo qué corrección vale; hasta entonces, la suya se conserva en esta página.',
  settled_meanwhile:
    'Otra persona ha importado o apartado {count} {count:registro|registros} que usted ha corregido, así que lo que escribió allí no se toma. Todo lo demás que escribió está guardado.',
  fit_changed:
    'Desde que se mostró la comprobación, la tabla o estos rechazos han cambiado: ahora encajan otros registros, o cambian filas que ya están, así que no se importó nada. Abajo está la comprobación de cómo están ahora.',
  touched_meanwhile:
    'Otra persona ha cambiado {count} {count:registro|registros} de este motivo desde que usted abrió esta página, así que no se ha hecho lo que pidió. {count:Mírelo|Mírelos} y pídalo otra vez.',
  masked_gone:
    'Sus valores sensibles no se guardaron y su origen ya no está o ha cambiado: exporte estos rechazos, ponga los valores reales y envíe el archivo de vuelta.',
  masked_left:
    'De este registro no se guardó nada: ponga todos sus valores reales en lugar de las máscaras del archivo exportado y envíelo de vuelta.',
  masked_not_kept:
    'No se guarda nada de este archivo, porque puede tener valores sensibles: importe lo que encaja y envíe el resto cuando esté corregido.',
  only_overwrites:
    'No se ha importado nada: {count} {count:registro que encaja cambiaría una fila|registros que encajan cambiarían filas} que la tabla ya tiene. Si es lo que se quiere, elija sobrescribir filas (en la línea de comandos: --overwrite).',
  only_theirs:
    'No se ha importado nada: {count} {count:registro fue corregido|registros fueron corregidos} de otro modo por otra persona en la página. Si deben entrar los del archivo, añada --overwrite.',
  field_said_twice:
    '«{other}» y «{name}» son el mismo campo {field}; diga lo que necesita con un solo nombre.',
  job_changed:
    'El trabajo se cambió después de mostrarse esta página. No se ha guardado nada de ella; así está ahora el trabajo.',
  table_without_columns:
    'La tabla {table} no tendría ninguna columna: elija al menos una del archivo.',
  no_table_columns: 'La tabla {table} no tiene las columnas {missing}; tiene {columns}.',
  step_open: 'El trabajo {id} no se ha iniciado: queda algo por decidir en su paso «{step}».',
  no_file_columns: 'El archivo no tiene las columnas {missing}; tiene {columns}.',
}
