import { UnusableError } from '../../../../domain/words/errors.ts'
import { shorten } from '../../../../domain/texts/shorten.ts'
import type { HeadRow } from './head-rows.ts'

const QUOTED_LINES = 3

/** The error for a head that a user must resolve; it quotes the first lines. */
export function unclear(
  problem: 'head_unclear' | 'several_headers' | 'no_names_found',
  rows: HeadRow[],
): UnusableError
export function unclear(
  problem: 'header_width',
  rows: HeadRow[],
  widths: { names: number; columns: number },
): UnusableError
export function unclear(
  problem: 'head_unclear' | 'several_headers' | 'no_names_found' | 'header_width',
  rows: HeadRow[],
  { names, columns }: { names: number; columns: number } = { names: 0, columns: 0 },
): UnusableError {
  const lines = rows.slice(0, QUOTED_LINES).map(quoted).join(' ')
  return problem === 'header_width'
    ? new UnusableError({ problem, lines, names, columns })
    : new UnusableError({ problem, lines })
}

function quoted({ record, fields, isGood }: HeadRow): string {
  const text = isGood ? fields.join(' | ') : record.raw
  return `[${record.line}] ${shorten(text)}`
}
