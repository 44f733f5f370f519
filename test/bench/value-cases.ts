/** A column as a file without value formats has it, and as people write it, with what reads that. */
export type ValueCase = {
  plain(at: number): string
  written(at: number): string
  options: object
}

const DAY_MS = 86_400_000
const NAMES = ['Ana María', 'Begoña', 'Íñigo', 'Luis']
const MONTHS = 'ene feb mar abr may jun jul ago sep oct nov dic'.split(' ')
const KINDS: Record<string, string> = { alta: 'new', baja: 'gone', cambio: 'changed' }

/** Every value format, and the usual transforms. */
export const VALUE_CASES: Record<string, ValueCase> = {
  'date d/m/y': {
    plain: day,
    written: (at) => day(at).split('-').toReversed().join('/'),
    options: { format: { kind: 'date', order: 'dmy' } },
  },
  'date with the name of its month': {
    plain: day,
    written: (at) => {
      const [year, month, date] = day(at).split('-')
      return `${date}-${MONTHS[Number(month) - 1]}-${year}`
    },
    options: { format: { kind: 'date', order: 'dmy', month: 'short', language: 'es' } },
  },
  'date in a pattern': {
    plain: day,
    written: (at) => day(at).replaceAll('-', ''),
    options: { format: { kind: 'date_pattern', pattern: 'yyyyMMdd' } },
  },
  'seconds since 1970': {
    plain: (at) => `${day(at)} 00:00:00Z`,
    written: (at) => String((at % 20_000) * 86_400),
    options: { format: { kind: 'epoch' } },
  },
  'serial number of a spreadsheet': {
    plain: day,
    written: (at) => String(25_569 + (at % 20_000)),
    options: { format: { kind: 'excel_date' } },
  },
  'number with a decimal comma and thousands': {
    plain: (at) => `${at}.25`,
    written: (at) => `${thousands(at)},25`,
    options: { format: { kind: 'number', decimal: ',', grouping: '.' } },
  },
  'money with its sign': {
    plain: (at) => `${at}.25`,
    written: (at) => `${thousands(at)},25 €`,
    options: { format: { kind: 'number', decimal: ',', grouping: '.', currency: '€' } },
  },
  percent: {
    plain: (at) => `0.${String(at % 100).padStart(2, '0')}5`,
    written: (at) => `${at % 100},5 %`,
    options: { format: { kind: 'number', decimal: ',', percent: true } },
  },
  'boolean in words': {
    plain: (at) => (at % 2 ? 'true' : 'false'),
    written: (at) => (at % 2 ? 'sí' : 'no'),
    options: { format: { kind: 'boolean', true: ['sí'], false: ['no'] } },
  },
  enumeration: {
    plain: (at) => KINDS[kind(at)] ?? '',
    written: kind,
    options: {
      format: {
        kind: 'enumeration',
        values: Object.entries(KINDS).map(([written, value]) => ({ written, value })),
      },
    },
  },
  'trim and collapse': {
    plain: name,
    written: (at) => ` ${name(at).replace(' ', '  ')}`,
    options: { transforms: [{ kind: 'trim' }, { kind: 'collapse' }] },
  },
  upper: { plain: name, written: name, options: { transforms: [{ kind: 'upper' }] } },
  capitalise: { plain: name, written: name, options: { transforms: [{ kind: 'capitalise' }] } },
  replace: {
    plain: name,
    written: name,
    options: { transforms: [{ kind: 'replace', from: 'a', to: 'e' }] },
  },
  'replace a pattern': {
    plain: name,
    written: name,
    options: { transforms: [{ kind: 'replace', from: '\\s+\\d', to: '#', pattern: true }] },
  },
  pad: {
    plain: (at) => `x${at}`,
    written: (at) => `x${at}`,
    options: { transforms: [{ kind: 'pad', length: 12, with: '0' }] },
  },
  'Unicode form': { plain: name, written: name, options: { transforms: [{ kind: 'unicode' }] } },
  split: {
    plain: name,
    written: (at) => `${name(at)}, ${at}`,
    options: { transforms: [{ kind: 'split', separator: ', ', part: 1 }] },
  },
}

/** 1970-01-01 and the days after it. */
function day(at: number): string {
  return new Date((at % 20_000) * DAY_MS).toISOString().slice(0, 10)
}

function thousands(at: number): string {
  return String(at).replace(/\B(?=(\d{3})+$)/g, '.')
}

function name(at: number): string {
  return `${NAMES[at % NAMES.length]} ${at % 1000}`
}

function kind(at: number): string {
  return Object.keys(KINDS)[at % 3] ?? ''
}
