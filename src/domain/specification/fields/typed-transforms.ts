import type { Transform } from './transforms.ts'

/** The changes of a text as a form offers them: each with two texts at most. */
export const CHANGE_KINDS = [
  'trim',
  'collapse',
  'upper',
  'lower',
  'capitalise',
  'replace',
  'pattern',
  'pad_start',
  'pad_end',
  'split',
  'NFC',
  'NFD',
  'NFKC',
  'NFKD',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** How many texts each takes. */
export const CHANGE_TEXTS: Record<ChangeKind, 0 | 1 | 2> = {
  trim: 0,
  collapse: 0,
  upper: 1,
  lower: 1,
  capitalise: 1,
  replace: 2,
  pattern: 2,
  pad_start: 2,
  pad_end: 2,
  split: 2,
  NFC: 0,
  NFD: 0,
  NFKC: 0,
  NFKD: 0,
}

/**
 * A transform as it is typed. `first` is what is replaced, the length, the separator, or the language
 * of letters; `second` what it becomes, the character that fills up, or the part.
 */
export type TypedTransform = { kind: ChangeKind; first: string; second: string }

export function typedTransform(transform: Transform): TypedTransform {
  switch (transform.kind) {
    case 'trim':
    case 'collapse':
      return { kind: transform.kind, first: '', second: '' }
    case 'upper':
    case 'lower':
    case 'capitalise':
      return { kind: transform.kind, first: transform.locale, second: '' }
    case 'replace': {
      const { from, to, pattern } = transform
      return { kind: pattern ? 'pattern' : 'replace', first: from, second: to }
    }
    case 'pad': {
      const { length, side, with: filling } = transform
      return { kind: `pad_${side}`, first: String(length), second: filling }
    }
    case 'unicode':
      return { kind: transform.form, first: '', second: '' }
    case 'split':
      return {
        kind: transform.kind,
        first: transform.separator,
        second: String(transform.part),
      }
  }
}

/** The inverse; the schema tells an amount that is none, and what is missing. */
export function transformTyped({ kind, first, second }: TypedTransform): Transform {
  switch (kind) {
    case 'trim':
    case 'collapse':
      return { kind }
    case 'upper':
    case 'lower':
    case 'capitalise':
      return { kind, locale: first.trim() }
    case 'replace':
    case 'pattern':
      return { kind: 'replace', from: first, to: second, pattern: kind === 'pattern' }
    case 'pad_start':
    case 'pad_end': {
      const side = kind === 'pad_start' ? 'start' : 'end'
      return { kind: 'pad', length: amountIn(first), side, with: second === '' ? ' ' : second }
    }
    case 'split':
      return { kind, separator: first, part: amountIn(second) }
    default:
      return { kind: 'unicode', form: kind }
  }
}

function amountIn(text: string): number {
  return text.trim() === '' ? NaN : Number(text)
}
