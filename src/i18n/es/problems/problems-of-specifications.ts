import type { PROBLEMS_OF_SPECIFICATIONS } from '../../../domain/words/problems-of-specifications.ts'

export const problemsOfSpecifications: Record<keyof typeof PROBLEMS_OF_SPECIFICATIONS, string> = {
  unknown_part: 'Una especificación no tiene esta parte; quítela, o vea cómo se escribe.',
  no_text: 'Escriba aquí un texto, entre comillas.',
  no_flag: 'Escriba aquí true o false, sin comillas.',
  no_list: 'Escriba aquí una lista, entre corchetes.',
  no_object: 'Escriba aquí un objeto, entre llaves, como lo imprime tallyman jobs show ID --spec.',
  too_many_parts: 'Son demasiados; nombre como máximo {limit}.',
  amount_too_small: 'Escriba un número entero a partir de {least}.',
  amount_too_large: 'Escriba un número entero hasta {most}.',
  half_character: 'Aquí hay medio carácter (un sustituto suelto); quítelo.',
  no_template:
    'Escriba cada nombre de columna entre dos llaves, y dos veces una llave que deba quedar.',
  no_pattern:
    'Esto no es una expresión regular en la sintaxis de RE2, que no mira adelante ni se refiere a grupos anteriores; escríbala de otra forma.',
  no_group:
    'Escriba $1 para el primer grupo del patrón y $$ para un signo de dólar; aquí se nombra un grupo que el patrón no tiene.',
  no_locale: 'Escriba la etiqueta de un idioma, como en, es o tr.',
  no_part: 'Escriba el número de una parte: 1 es la primera, -1 la última.',
  no_date_pattern:
    'Escriba un patrón de una fecha entera, cada parte una vez, como dd/MM/yyyy HH:mm; sus letras son yyyy, yy, MMMM, MMM, MM, M, dd, d, HH, H, hh, h, mm, ss, SSS, a y XXX, y las demás letras van entre comillas simples.',
  no_currency: 'Escriba el signo de una moneda, como €, sin cifras ni espacios a los lados.',
  same_mark: 'El signo decimal no puede separar también los millares; tome otro.',
  word_twice: 'Una palabra no puede significar sí y no; quítela de una de las listas.',
  value_twice: 'Un texto del archivo vale por dos valores; ponga cada texto una vez.',
  no_bound: 'Indique el valor mínimo, el máximo, o ambos.',
  no_comparable:
    '«{value}» no se puede comparar con los valores de {field}: escríbalo como en el archivo, o como 2010-12-31 o 2.5.',
  two_meanings:
    '«{value}» puede ser dos valores de {field}: escríbalo sin separadores de miles, o con su signo de porcentaje.',
  least_above_most: 'En {field}, el valor mínimo {least} es mayor que el máximo, {most}.',
  format_unfit:
    'El campo «{field}» es del tipo {type}, que no admite ningún valor escrito como {sample}; dele otro formato, o ninguno.',
  too_deep: 'Son más niveles de grupos de los que se pueden leer; escríbalo con menos.',
  no_expression: 'Una expresión no se entiende o no funciona: {detail}.',
  endless_records:
    'Las expresiones no terminan, o necesitan demasiada memoria, con los registros de las líneas {lines}: corríjalas u omita estos registros.',
  endless_expression:
    'Una expresión no llegaba a su fin, o necesitaba demasiada memoria, y se ha parado; escríbala de otra forma.',
  lookup_in_target:
    'Los valores no se pueden buscar en {table}, que escribe el propio trabajo; haga una clave externa, o nombre otra tabla.',
  no_json: 'Esto no es JSON en UTF-8; vea la línea {line}, columna {column}.',
  part_twice:
    '«{name}» está otra vez en la línea {line}, después de la {first}, y solo valdría una; quite una de ellas.',
  no_specification: 'Esto no es una especificación; imprima una con: tallyman jobs show ID --spec',
  specification_of_import:
    'Esta es la especificación de una importación, y hace falta la de una exportación; se usa con: tallyman import --spec',
  specification_of_export:
    'Esta es la especificación de una exportación, y hace falta la de una importación; se usa con: tallyman export --spec',
  job_for_specification:
    'Esto es lo que --json dice de un trabajo, y no una especificación; imprímala con: tallyman jobs show ID --spec',
  template_for_specification:
    'Esto es lo que --json dice de una plantilla, y no una especificación; imprímala con: tallyman templates show NOMBRE',
  specification_too_large: 'El archivo es demasiado grande; se leen como máximo {limit} bytes.',
  differential_cut:
    'Una exportación de lo que ha cambiado no se puede cortar, porque las filas siguientes no estarían en ninguna ejecución; deje abierto el número de filas.',
  no_change_field:
    'El campo {field} no puede decir cuándo cambió una fila; indique uno con una fecha, una hora, un número que crece o un texto que lo haga.',
  last_before_first:
    'El último registro está antes del primero; escriba un número que no sea menor.',
}
