import fc from 'fast-check'

/** What people who mean no good type, and what programs send by mistake. */
export const HOSTILE = [
  '',
  ' ',
  '\0',
  'a\0b',
  "'",
  '"',
  `'; drop table tallyman_job; --`,
  '<script>alert(1)</script>',
  '\n',
  '\r\n',
  '\u2028',
  '\u202egpj.exe',
  '\ud800',
  '\ufeff',
  '..',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '/dev/null',
  'CON',
  '%00',
  '%',
  '%ff',
  '-1',
  '0',
  '00',
  '1e309',
  '9'.repeat(30),
  '9007199254740993',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  'toString',
  'W10',
  'WyJuZXh0IiwxLDFd',
  '2026-02-31',
  '0000-00-00',
  '9999-12-31',
  '-271821-04-20',
  'x'.repeat(10_000),
  '👩‍👩‍👧'.repeat(50),
  'a,b,,c',
  'a=b=c',
  '*',
  '%_%',
  '(((((((',
  '--help',
] as const

/** Any text at all, and every now and then one of those above. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
)

/** A word that is known, mostly; else any text. */
export function mostly<Word extends string>(...words: Word[]) {
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom<string>(...words) }, anyText)
}
