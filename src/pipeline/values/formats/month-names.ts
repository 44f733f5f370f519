import type { MONTH_LANGUAGES } from '../../../domain/specification/fields/date-formats.ts'
import { fold } from '../../../domain/texts/fold.ts'

type MonthLanguage = (typeof MONTH_LANGUAGES)[number]

const LONG: Record<MonthLanguage, string> = {
  en: 'January February March April May June July August September October November December',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
}
const SHORT: Record<MonthLanguage, string> = {
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  es: 'ene feb mar abr may jun jul ago sep oct nov dic',
}
/** Further spellings, which are read and never written. */
const OTHERS = { sept: 9, set: 9, setiembre: 9 }

const NUMBERS = new Map<string, number>([
  ...[...Object.values(LONG), ...Object.values(SHORT)].flatMap((names) =>
    names
      .split(' ')
      .flatMap((name, at) =>
        [fold(name), capitalised(name), name.toUpperCase()].map((text) => [text, at + 1] as const),
      ),
  ),
  ...Object.entries(OTHERS),
])

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The number of a month as its name is usually written. */
export function monthNamed(text: string): number | undefined {
  return NUMBERS.get(text)
}

/** The number of a month from its name in any language, or from its digits. */
export function monthOf(text: string): number | undefined {
  const code = text.charCodeAt(0)
  if (code >= 48 && code <= 57) return Number(text)
  return NUMBERS.get(fold(text.endsWith('.') ? text.slice(0, -1) : text))
}

export function monthName(
  month: number,
  { length, language }: { length: 'short' | 'long'; language: MonthLanguage },
): string {
  const names = length === 'short' ? SHORT : LONG
  return names[language].split(' ')[month - 1] ?? ''
}
