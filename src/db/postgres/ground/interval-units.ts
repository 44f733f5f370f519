const UNITS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
type Unit = (typeof UNITS)[number]

/** A number with its unit, in words or as in ISO 8601. */
const PART = /(\d+(?:[.,]\d*)?|[.,]\d+)\s*([a-z]+)/g
const CLOCK = /(\d+):(\d+)(?::(\d+(?:\.\d*)?))?/g
/** Behind years and months, as in `1-2 3` and `P0001-02-03`. */
const DAYS = /\d-\d+[-\s]+[+-]?(\d+)(?![\d:])/g
const DAY = UNITS.indexOf('day')
/** The first letters of a unit; longer ones stand before their own beginnings. */
const LETTERS: [letters: string, unit: Unit][] = [
  ['millen', 'year'],
  ['mil', 'year'],
  ['msec', 'second'],
  ['ms', 'second'],
  ['micro', 'second'],
  ['milli', 'second'],
  ['us', 'second'],
  ['mon', 'month'],
  ['mi', 'minute'],
  ['m', 'minute'],
  ['y', 'year'],
  ['dec', 'year'],
  ['c', 'year'],
  ['w', 'day'],
  ['d', 'day'],
  ['h', 'hour'],
  ['s', 'second'],
]

/**
 * Whether an interval has smaller units than a type such as `interval year to month` keeps, or a
 * fraction of one: the server cuts them off. Larger units are kept, whatever the type says.
 */
export function isCutOff(text: string, type: string): boolean {
  const [, least] = /^interval (?:\w+ to )?(year|month|day|hour|minute)\b(?! to)/.exec(type) ?? []
  if (least === undefined) return false
  const last = UNITS.findIndex((unit) => unit === least)
  return partsOf(text.toLowerCase()).some(({ unit, number }) =>
    /[1-9]/.test(unit > last ? number : number.replace(/^\d*/, '')),
  )
}

/** The numbers of the text, each with the place of its unit. */
function partsOf(text: string): { unit: number; number: string }[] {
  const [date = '', time = ''] = text.startsWith('p') ? text.split('t') : [text]
  const clocks = [...text.matchAll(CLOCK)].flatMap(([, ...numbers]) =>
    numbers.map((number = '', at) => ({ unit: UNITS.indexOf('hour') + at, number })),
  )
  const days = [...text.matchAll(DAYS)].map(([, number = '']) => ({ unit: DAY, number }))
  const inDate = text.startsWith('p') ? { m: 'month' } : {}
  return [...clocks, ...days, ...wordsOf(date, inDate), ...wordsOf(time, {})]
}

function wordsOf(text: string, own: Record<string, string>) {
  return [...text.replaceAll(CLOCK, ' ').matchAll(PART)].map(([, number = '', word = '']) => {
    const unit = own[word] ?? LETTERS.find(([letters]) => word.startsWith(letters))?.[1] ?? 'second'
    return { unit: UNITS.findIndex((one) => one === unit), number }
  })
}
