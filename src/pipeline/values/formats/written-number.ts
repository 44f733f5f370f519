import type { NumberFormat } from '../../../domain/specification/fields/value-format.ts'
import { trimEndOf } from '../../../domain/texts/shorten.ts'
import { codec, type ValueCodec } from './value-codec.ts'

/** Blanks that group digits: the usual one, those that do not break, and the thin ones. */
const BLANKS = ' \u00a0\u202f\u2009'
const APOSTROPHES = "'’"
const MINUS = /^[-\u2212]/
const LONGEST = 400
const HYPHEN = 45

/** Numbers as people write them, digit by digit: none passes through a double. */
export function writtenNumber(format: NumberFormat): ValueCodec {
  return codec(
    (text) => readUsual(text, format) ?? readNumber(text, format),
    (text) => writeNumber(text, format),
  )
}

/**
 * The common cases without a regular expression: digits, perhaps in groups and with decimals, with a
 * minus before them, and the percent sign or else the currency behind them.
 */
function readUsual(text: string, format: NumberFormat): string | undefined {
  if (text.length > LONGEST) return undefined
  const sign = format.percent ? '%' : format.currency
  let end = text.length
  if (sign !== '' && text.endsWith(sign)) {
    end -= sign.length
    while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--
  }
  const isNegative = text.charCodeAt(0) === HYPHEN
  const number = readPlain(text, isNegative ? 1 : 0, end, format)
  if (number === undefined) return undefined
  const { whole, decimals } = number
  const read = format.percent ? decimal(whole, decimals, -2) : pointed(whole, decimals)
  return isNegative ? `-${read}` : read
}

type Digits = { whole: string; decimals: string }

function readPlain(
  text: string,
  from: number,
  to: number,
  { decimal, grouping }: Pick<NumberFormat, 'decimal' | 'grouping'>,
): Digits | undefined {
  const found = text.indexOf(decimal, from)
  const hasPoint = found !== -1 && found < to
  const end = hasPoint ? found : to
  if (end === from || end === to - 1 || (hasPoint && !areDigits(text, end + 1, to)))
    return undefined
  const whole = areDigits(text, from, end)
    ? text.slice(from, end)
    : joined(text, from, end, grouping)
  return whole === undefined ? undefined : { whole, decimals: text.slice(end + 1, to) }
}

/** The digits in groups of three, whose first is shorter and begins with no zero. */
function joined(text: string, from: number, end: number, grouping: string): string | undefined {
  const first = from + ((end - from) % 4)
  if (grouping === '' || first === from || text[from] === '0' || !areDigits(text, from, first)) {
    return undefined
  }
  let whole = text.slice(from, first)
  for (let at = first; at < end; at += 4) {
    if (text[at] !== grouping || !areDigits(text, at + 1, at + 4)) return undefined
    whole += text.slice(at + 1, at + 4)
  }
  return whole
}

function isBlank(code: number): boolean {
  return code === 32 || code === 0xa0
}

function areDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

function readNumber(text: string, format: NumberFormat): string | undefined {
  if (text.length > LONGEST) return undefined
  const bare = withoutSigns(text.trim(), format)
  if (bare === undefined) return undefined
  const at = bare.digits.indexOf(format.decimal)
  const [grouped, decimals] =
    at === -1 ? [bare.digits, ''] : [bare.digits.slice(0, at), bare.digits.slice(at + 1)]
  const whole = ungrouped(grouped, format.grouping)
  if (whole === undefined || !/^\d*$/.test(decimals) || whole + decimals === '') return undefined
  const number = decimal(whole, decimals, format.percent ? -2 : 0)
  return bare.isNegative ? `-${number}` : number
}

type Bare = { digits: string; isNegative: boolean }

/** Takes off the sign, the currency and the percent sign, each at most once. */
function withoutSigns(text: string, { currency, percent }: NumberFormat): Bare | undefined {
  let rest = text
  let isNegative: boolean | undefined
  let isPaid = currency === ''
  let isPercent = !percent
  for (;;) {
    const before = rest
    if (isNegative === undefined && /^[-+\u2212]/.test(rest)) {
      isNegative = MINUS.test(rest)
      rest = rest.slice(1).trimStart()
    }
    if (isNegative === undefined && /[-\u2212]$/.test(rest)) {
      isNegative = true
      rest = rest.slice(0, -1).trimEnd()
    }
    if (!isPaid && rest.startsWith(currency)) {
      isPaid = true
      rest = rest.slice(currency.length).trimStart()
    }
    if (!isPaid && rest.endsWith(currency)) {
      isPaid = true
      rest = rest.slice(0, -currency.length).trimEnd()
    }
    if (!isPercent && rest.endsWith('%')) {
      isPercent = true
      rest = rest.slice(0, -1).trimEnd()
    }
    if (rest === before) return { digits: rest, isNegative: isNegative === true }
  }
}

/**
 * The digits without what groups them: after the first mark, each group has three. A group begins
 * no number with a zero: where a comma marks decimals, `0.125` is none.
 */
function ungrouped(text: string, grouping: NumberFormat['grouping']): string | undefined {
  if (/^\d*$/.test(text)) return text
  if (grouping === '') return undefined
  const marks = grouping === ' ' ? BLANKS : grouping === "'" ? APOSTROPHES : grouping
  const mark = text.charAt(text.search(/\D/))
  if (!marks.includes(mark)) return undefined
  const groups = text.split(mark)
  const isWell = groups.every((group, at) =>
    at === 0 ? /^[1-9]\d{0,2}$/.test(group) : /^\d{3}$/.test(group),
  )
  return isWell ? groups.join('') : undefined
}

/** Digits with the point moved by `shift` places to the right, then without needless zeros. */
function decimal(whole: string, decimals: string, shift: number): string {
  if (shift === 0) return pointed(whole || '0', decimals)
  const point = whole.length + shift
  const all = '0'.repeat(Math.max(0, 1 - point)) + whole + decimals
  const at = Math.max(1, point)
  const left = all.slice(0, at).padEnd(at, '0')
  let first = 0
  while (first < left.length - 1 && left[first] === '0') first++
  return pointed(left.slice(first), trimEndOf(all.slice(at), '0'))
}

function pointed(whole: string, decimals: string): string {
  return decimals === '' ? whole : `${whole}.${decimals}`
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i

function writeNumber(text: string, format: NumberFormat): string | undefined {
  if (text.length > LONGEST) return undefined
  const [all, sign = '', digits = '', fraction = '', power = '0'] = NUMBER.exec(text) ?? []
  if (all === undefined) return undefined
  const number = decimal(digits, fraction, Number(power) + (format.percent ? 2 : 0))
  const [whole = '', decimals] = number.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, format.grouping)
  const plain = `${sign}${grouped}${decimals === undefined ? '' : format.decimal + decimals}`
  const amount = format.percent ? `${plain}%` : plain
  if (format.currency === '') return amount
  return format.currencyPlace === 'before'
    ? `${format.currency}${amount}`
    : `${amount} ${format.currency}`
}
